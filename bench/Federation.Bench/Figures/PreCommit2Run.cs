using Federation.Proofs;
using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>pc2</c>: PreCommit2 of 512 MiB with two layers, on all cores: tree-c, the replica, tree-r-last, their files
/// written, the trees flushed, read back and marked.
/// </summary>
internal sealed class PreCommit2Run : IFigure
{
    private const int RegisteredProof = 7;

    private PreCommit2Request? _request;
    private SealOptions _options = new();
    private Action<string> _progress = _ => { };

    public string Name => "pc2";

    public FigureUnit Unit => FigureUnit.Seconds;

    public string Operation => "sector";

    public int Cores => Environment.ProcessorCount;

    public FigureGoal Goal => new(GoalMeasure.Cycles, 1000e9);

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        var config = SealConfig.FromRegistered(RegisteredProof);
        context.Progress($"{Name}: writing layers and data");
        _progress = context.Progress;
        _options = new SealOptions { Threads = context.Threads, MapLayers = true };
        var unsealed = LabelsAndData.Write(context.Directory, config.Shape, cancellationToken);
        LabelsAndData.Mark(context.Directory, config.Shape, cancellationToken);
        using var data = NodeFile.OpenPrefix(unsealed, config.Shape.Nodes);
        _request = new PreCommit2Request
        {
            Config = config,
            UnsealedPath = unsealed,
            CommD = InputCheck.CommD(config.Shape, data, _options, _ => { }, cancellationToken),
            LayerDirectory = context.Directory,
            OutputDirectory = context.Directory,
            SealedPath = Path.Combine(context.Directory, "sealed"),
        };
    }

    public double Run(CancellationToken cancellationToken)
    {
        var last = -1;
        var progress = new Tenths(tenth =>
        {
            if (tenth > last)
            {
                last = tenth;
                _progress($"{Name}: {tenth * 10} %");
            }
        });
        var result = PreCommit2Phase.Run(_request!, _options, progress, cancellationToken);
        Check(result);
        return 1;
    }

    public void Dispose()
    {
    }

    // The leaf in the middle, and the root over the trees' last row.
    private void Check(PreCommit2Result result)
    {
        var shape = _request!.Config.Shape;
        var layout = TreeLayout.TreeC(shape);
        using var layers = LayerFiles.Open(shape, _request.LayerDirectory);
        using var tree = NodeFile.OpenRandom(
            Path.Combine(_request.OutputDirectory, CacheFiles.TreeC(shape, 0)), layout.StoredNodes);
        byte[] row = new byte[8 * Fr.SizeBytes], leaf = new byte[Fr.SizeBytes], hash = new byte[Fr.SizeBytes];
        tree.Read(shape.Nodes / 2, leaf);
        PoseidonHash.HashNodes(layers.ReadColumn(shape.Nodes / 2), hash);
        var right = hash.AsSpan().SequenceEqual(leaf);
        tree.Read(layout.StoredNodes - 9, row);
        PoseidonHash.HashNodes(row, hash);
        if (!right || !hash.AsSpan().SequenceEqual(result.CommC.AsSpan()))
        {
            throw new InvalidOperationException("tree-c has nodes that are not the hashes of those below");
        }
    }

    private sealed class Tenths(Action<int> report) : IProgress<PhaseProgress>
    {
        public void Report(PhaseProgress value) => report((int)(value.Fraction * 10));
    }
}
