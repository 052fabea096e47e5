using Federation.Bench.References;
using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>pc1.single</c>: layer 2 of one sector of 512 MiB, API 1.1, with both layers in memory and the parents' numbers
/// read from the cache file, two cores. A label counts as the 1280 bytes that are hashed for it, padding included. The
/// layer pauses for the reference 128 times, 0.1 s from one another.
/// </summary>
internal sealed class SingleLabels : IFigure
{
    private const int RegisteredProof = 7, BytesPerLabel = 1280, CheckedNodes = 64, Pauses = 128;

    private readonly SdrGraph _graph = new(SealConfig.FromRegistered(RegisteredProof), tabulate: false);
    private FileParentReader? _parents;
    private LayerPipeline? _pipeline;
    private NativeBuffer? _previous, _current;
    private Action? _pause;

    public string Name => "pc1.single";

    public FigureUnit Unit => FigureUnit.BytesPerSecond(BytesPerLabel);

    public string Operation => "label";

    public int Cores => 2;

    public string Reference => ReferenceFigures.ShortSha256;

    public FigureGoal Goal => new(GoalMeasure.Ratio, 1.0);

    public bool IsLong => true;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        SharedParents.Require(_graph.Config, context, cancellationToken);
        _parents = ParentCacheFile.Open(
            _graph, context.ParentCacheDirectory, context.Threads, verify: false, null, cancellationToken);
        _pipeline = new LayerPipeline(_parents, BlockHasher.Best, gatherAhead: context.Threads > 1);
        _previous = new NativeBuffer(_graph.Config.Shape.SectorSize, hugePages: true);
        _current = new NativeBuffer(_graph.Config.Shape.SectorSize, hugePages: true);
        _pause = context.Pause;
        context.Progress($"{Name}: labelling layer 1");
        Label(1, _previous, null, static _ => { }, cancellationToken);
    }

    public double Run(CancellationToken cancellationToken)
    {
        var next = 0L;
        Label(
            2,
            _current!,
            _previous,
            labelled =>
            {
                if (labelled >= next)
                {
                    next += _graph.Nodes / Pauses;
                    _pause!();
                }
            },
            cancellationToken);
        Check();
        return _graph.Nodes;
    }

    public void Dispose()
    {
        _pipeline?.Dispose();
        _parents?.Dispose();
        _previous?.Dispose();
        _current?.Dispose();
    }

    private void Label(
        int layer, NativeBuffer current, NativeBuffer? previous, Action<long> labelled,
        CancellationToken cancellationToken) =>
        _pipeline!.Run(default, layer, _graph.Nodes, current, previous, labelled, cancellationToken);

    private void Check()
    {
        var row = new uint[SdrGraph.Degree];
        var parents = new byte[SdrLabel.ParentCount * SectorShape.NodeSize];
        var label = new byte[SectorShape.NodeSize];
        for (var i = 0; i <= CheckedNodes; i++)
        {
            var node = (uint)((_graph.Nodes - 1) * i / CheckedNodes);
            _graph.Parents(node, row);
            for (var k = 0; k < SdrLabel.ParentCount; k++)
            {
                var distinct = k % SdrGraph.Degree;
                var source = distinct < SdrGraph.BaseDegree ? _current : _previous;
                LabelOf(source!, row[distinct]).CopyTo(parents.AsSpan(k * SectorShape.NodeSize));
            }

            SdrLabel.Compute(default, 2, node, parents, label);
            if (!LabelOf(_current!, node).SequenceEqual(label))
            {
                throw new InvalidOperationException($"label {node} is wrong");
            }
        }
    }

    private static ReadOnlySpan<byte> LabelOf(NativeBuffer labels, uint node) =>
        labels.Span((long)node * SectorShape.NodeSize, SectorShape.NodeSize);
}
