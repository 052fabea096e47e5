using System.Globalization;
using Federation.Bench.References;
using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>pc1.lanes</c>: both layers of as many whole sectors of 8 MiB, API 1.1, as a vector has lanes, in lockstep on one
/// core: parents' numbers read from the cache file, layer files written and flushed. Labels of all sectors count, each as
/// the 1280 bytes that are hashed for it in layer 2.
/// </summary>
internal sealed class LaneLabels : IFigure
{
    private const int RegisteredProof = 6, BytesPerLabel = 1280;

    private readonly SdrGraph _graph = new(SealConfig.FromRegistered(RegisteredProof), tabulate: true);
    private FigureContext? _context;
    private int _runs;

    public string Name => "pc1.lanes";

    public FigureUnit Unit => FigureUnit.BytesPerSecond(BytesPerLabel);

    public string Operation => "label";

    public int Cores => 1;

    public string Reference => ReferenceFigures.ShortSha256;

    public FigureGoal Goal => new(GoalMeasure.Ratio, 1.25);

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _context = context;
        SharedParents.Require(_graph.Config, context, cancellationToken);
    }

    public double Run(CancellationToken cancellationToken)
    {
        using var folder = new FigureFolder(
            Path.Combine(_context!.Directory, (_runs++).ToString(CultureInfo.InvariantCulture)));
        var lanes = LaneHasher.WidestLanes;
        var sectors = Enumerable.Range(0, lanes).Select(lane => Sector(folder.Path, lane)).ToArray();
        var options = new SealOptions { Threads = 1, ParentCacheDirectory = _context.ParentCacheDirectory };
        LaneLayers.Build(_graph, sectors, lanes, options, null, cancellationToken);
        Check(sectors);
        return (double)lanes * _graph.Nodes * _graph.Config.Shape.Layers;
    }

    public void Dispose()
    {
    }

    private static LaneSector Sector(string folder, int lane)
    {
        Span<byte> replicaId = stackalloc byte[Bytes32.Size];
        replicaId.Fill((byte)lane);
        var path = Directory.CreateDirectory(Path.Combine(folder, $"{lane}")).FullName;
        return new LaneSector(new Bytes32(replicaId), path, CancellationToken.None);
    }

    /// <summary>33 labels of each of the last sector's layers, against the plain form.</summary>
    private void Check(LaneSector[] sectors)
    {
        var last = sectors[^1];
        for (var layer = 1; layer <= _graph.Config.Shape.Layers; layer++)
        {
            if (!last.IsIn || !LayerCheck.IsComplete(_graph, last.ReplicaId, last.Folder, layer))
            {
                throw new InvalidOperationException($"layer {layer} is wrong", last.Failure);
            }
        }
    }
}
