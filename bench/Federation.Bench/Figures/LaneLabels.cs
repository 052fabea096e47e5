using System.Globalization;
using Federation.Bench.References;
using Federation.Bench.Sectors;
using Federation.Proofs;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;

namespace Federation.Bench.Figures;

/// <summary>
/// <c>pc1.lanes</c>: both layers of as many whole sectors of 8 MiB, API 1.1, as a vector has lanes, in lockstep on one
/// core: parents' numbers read from the cache file, layer files written and flushed. Labels of all sectors count, each
/// as the 1280 bytes that are hashed for it in layer 2. <c>pc1.lanes.512MiB</c> likewise, of fewer sectors where memory
/// or disk do not hold so many.
/// </summary>
/// <param name="registeredProof">Size and API version.</param>
internal sealed class LaneLabels(int registeredProof) : IFigure
{
    private const int BytesPerLabel = 1280, FewestSectors = 4;

    private readonly SealConfig _config = SealConfig.FromRegistered(registeredProof);
    private SdrGraph? _graph;
    private FigureContext? _context;
    private int _runs;

    public string Name => IsLong ? $"pc1.lanes.{Shape.Name}" : "pc1.lanes";

    public FigureUnit Unit => FigureUnit.BytesPerSecond(BytesPerLabel);

    public string Operation => "label";

    public int Cores => 1;

    public string Reference => ReferenceFigures.ShortSha256;

    public FigureGoal Goal => new(GoalMeasure.Ratio, 1.25);

    public bool IsLong => Shape.SectorSize >= 512L << 20;

    private SectorShape Shape => _config.Shape;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _context = context;
        _graph = new SdrGraph(_config, tabulate: true);
        SharedParents.Require(_config, context, cancellationToken);
    }

    public double Run(CancellationToken cancellationToken)
    {
        using var folder = new FigureFolder(
            Path.Combine(_context!.Directory, (_runs++).ToString(CultureInfo.InvariantCulture)));
        var lanes = SectorsThatFit();
        if (IsLong)
        {
            _context.Progress($"{Name}: {lanes} sectors");
        }

        var sectors = Enumerable.Range(0, lanes).Select(lane => Sector(folder.Path, lane)).ToArray();
        var options = new SealOptions
        {
            Threads = 1,
            ParentCacheDirectory = _context.ParentCacheDirectory,
            MemoryBytes = Math.Max(LaneLayers.MemoryBytes(Shape, lanes), SealOptions.MinimumMemoryBytes),
        };
        LaneLayers.Build(_graph!, sectors, lanes, options, null, cancellationToken);
        Check(sectors);
        return (double)lanes * Shape.Nodes * Shape.Layers;
    }

    public void Dispose()
    {
    }

    /// <summary>All lanes where four fifths of the available memory and half of the disk hold them.</summary>
    private int SectorsThatFit()
    {
        var memory = PageCache.SpareBytes() / 5 * 8;
        var disk = new DriveInfo(_context!.Directory).AvailableFreeSpace / 2;
        var sectors = LaneHasher.WidestLanes;
        while (sectors > FewestSectors
            && (LaneLayers.MemoryBytes(Shape, sectors) > memory || sectors * Shape.Layers * Shape.SectorSize > disk))
        {
            sectors /= 2;
        }

        return sectors;
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
        for (var layer = 1; layer <= Shape.Layers; layer++)
        {
            if (!last.IsIn || !LayerCheck.IsComplete(
                _graph!, last.ReplicaId, last.Folder, layer, CancellationToken.None))
            {
                throw new InvalidOperationException($"layer {layer} is wrong", last.Failure);
            }
        }
    }
}
