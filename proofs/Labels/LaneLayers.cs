using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Makes the layers of several sectors of one graph in lockstep. Each sector's files are as one alone would leave them;
/// layers that a sector has are kept, and a sector that fails falls out while the others go on.
/// </summary>
internal sealed unsafe class LaneLayers : IDisposable
{
    private const int WindowNodes = 1 << 10;

    // Threads that only wait for a disk.
    private const int NodesPerTouch = 32, TouchingThreads = 16;

    private readonly SdrGraph _graph;
    private readonly IParentReader _parents;
    private readonly int _threads;
    private readonly LaneScratch? _scratch;
    private readonly LaneGroup[] _groups;
    private readonly NativeBuffer[] _rows;

    private LaneLayers(
        SdrGraph graph, IParentReader parents, LaneSector[] sectors, int lanes, SealOptions options,
        LaneScratch? scratch)
    {
        _graph = graph;
        _parents = parents;
        _threads = options.Threads;
        _scratch = scratch;
        _groups = NewGroups(sectors, lanes, options);
        _rows = [NewRows(), NewRows()];
    }

    private SectorShape Shape => _graph.Config.Shape;

    /// <summary>Lanes for so many sectors: no more than the machine's vectors, and no wider than needed.</summary>
    public static int LanesFor(int sectors) =>
        Math.Min(LaneHasher.WidestLanes, sectors <= 4 ? 4 : sectors <= 8 ? 8 : 16);

    /// <summary>Bytes that so many sectors take.</summary>
    public static long MemoryBytes(SectorShape shape, int sectors) => MemoryBytes(shape, sectors, LanesFor(sectors));

    private static long MemoryBytes(SectorShape shape, int sectors, int lanes)
    {
        var nodes = (2 * shape.Nodes) + WindowNodes;
        return (Groups(sectors, lanes) * nodes * lanes * SectorShape.NodeSize)
            + (2L * WindowNodes * ParentCacheFile.RowSize);
    }

    /// <summary>
    /// Room on the disk for so many sectors, reserved as a whole; null where the memory holds them, or no disk is
    /// given.
    /// </summary>
    /// <exception cref="IOException">The disk has no room.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LaneScratch? Reserve(
        SectorShape shape, int sectors, int lanes, SealOptions options, CancellationToken cancellationToken) =>
        options.LaneScratchDirectory is { } folder && MemoryBytes(shape, sectors, lanes) > options.MemoryBytes
            ? LaneScratch.Reserve(
                folder, ScratchBytes(shape, sectors, lanes), $"{sectors} sectors of {shape} in lanes",
                cancellationToken)
            : null;

    /// <summary>Bytes on a disk that so many sectors take.</summary>
    public static long ScratchBytes(SectorShape shape, int sectors) => ScratchBytes(shape, sectors, LanesFor(sectors));

    private static long ScratchBytes(SectorShape shape, int sectors, int lanes) =>
        2 * Groups(sectors, lanes) * LaneScratch.WholePages(shape.SectorSize * lanes);

    private static long Groups(int sectors, int lanes) => (sectors + lanes - 1) / lanes;

    /// <summary>Makes the layers that are missing, on the disk where the options say so.</summary>
    /// <param name="graph">The graph of all sectors, tabulated.</param>
    /// <param name="sectors">Sectors; afterwards each tells whether it failed.</param>
    /// <param name="lanes">16, 8 or 4.</param>
    /// <param name="options">Threads, memory, and the folders of parent cache and layers.</param>
    /// <param name="progress">Told the stage and the part of all layers that is done.</param>
    /// <param name="cancellationToken">Ends the work; complete layers stay.</param>
    public static void Build(
        SdrGraph graph,
        LaneSector[] sectors,
        int lanes,
        SealOptions options,
        Action<string, double>? progress,
        CancellationToken cancellationToken)
    {
        using var scratch = Reserve(graph.Config.Shape, sectors.Length, lanes, options, cancellationToken);
        Build(graph, sectors, lanes, options, scratch, progress, cancellationToken);
    }

    /// <summary>As above, in room that was reserved before; null: in memory.</summary>
    public static void Build(
        SdrGraph graph,
        LaneSector[] sectors,
        int lanes,
        SealOptions options,
        LaneScratch? scratch,
        Action<string, double>? progress,
        CancellationToken cancellationToken)
    {
        using var parents = SdrLayers.OpenParents(graph, options, progress, cancellationToken);
        using var layers = new LaneLayers(graph, parents, sectors, lanes, options, scratch);
        layers.BuildAll(progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_groups, group => group.Dispose());
        Array.ForEach(_rows, rows => rows.Dispose());
    }

    private LaneGroup[] NewGroups(LaneSector[] sectors, int lanes, SealOptions options)
    {
        var groups = new List<LaneGroup>();
        try
        {
            groups.AddRange(sectors.Chunk(lanes)
                .Select(chunk => new LaneGroup(Shape, chunk, lanes, WindowNodes, Allocate)));
            return [.. groups];
        }
        catch (IOException)
        {
            groups.ForEach(group => group.Dispose());
            throw;
        }

        NativeBuffer Allocate(long size) => _scratch is null
            ? new NativeBuffer(size, options.HugePages)
            : _scratch.Take(size);
    }

    private static NativeBuffer NewRows() => new(WindowNodes * ParentCacheFile.RowSize);

    private void BuildAll(Action<string, double>? progress, CancellationToken cancellationToken)
    {
        for (var layer = 1; layer <= Shape.Layers; layer++)
        {
            var stage = $"layer {layer}/{Shape.Layers}";
            var done = layer - 1;
            progress?.Invoke(stage, (double)done / Shape.Layers);
            var open = Array.FindAll(_groups, group => group.Open(layer, cancellationToken));
            if (open.Length > 0)
            {
                HashWindows(
                    open,
                    layer,
                    fraction => progress?.Invoke(stage, (done + fraction) / Shape.Layers),
                    cancellationToken);
                Array.ForEach(open, group => group.Close(layer, cancellationToken));
            }
        }
    }

    /// <summary>While one window is hashed, the next one's parents are read by another thread when there is
    /// one.</summary>
    private void HashWindows(
        LaneGroup[] groups, int layer, Action<double> progress, CancellationToken cancellationToken)
    {
        var reading = Read(groups, layer, 0);
        for (long first = 0; first < Shape.Nodes && Array.Exists(groups, group => group.IsAlive); first += WindowNodes)
        {
            reading.GetAwaiter().GetResult();
            reading = first + WindowNodes < Shape.Nodes ? Read(groups, layer, first + WindowNodes) : Task.CompletedTask;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                Hash(groups, layer, first);
            }
            finally
            {
                // The other thread must be done with the rows before they are freed, whatever happened here.
                Task.WaitAny([reading], CancellationToken.None);
            }

            progress((double)Math.Min(first + WindowNodes, Shape.Nodes) / Shape.Nodes);
        }
    }

    private void Hash(LaneGroup[] groups, int layer, long first)
    {
        var rows = RowsOf(first);
        var count = CountAt(first);
        if (groups.Length == 1)
        {
            groups[0].Hash(layer, first, count, rows);
            return;
        }

        ParallelLoop.Run(
            groups.Length,
            _threads,
            i => groups[i].Hash(layer, first, count, rows),
            CancellationToken.None);
    }

    private Task Read(LaneGroup[] groups, int layer, long first)
    {
        if (_threads > 1)
        {
            return Task.Run(ReadRows);
        }

        ReadRows();
        return Task.CompletedTask;

        void ReadRows()
        {
            _parents.Read(first, RowsSpan(first));
            if (_scratch is not null && layer > 1 && _threads > 1)
            {
                Touch(groups, first);
            }
        }
    }

    /// <summary>Disks answer many at once sooner than one after the other.</summary>
    private void Touch(LaneGroup[] groups, long first)
    {
        var nodes = CountAt(first);
        var pieces = (nodes + NodesPerTouch - 1) / NodesPerTouch;
        ParallelLoop.Run(pieces, TouchingThreads, Piece, CancellationToken.None);

        void Piece(int piece)
        {
            var from = piece * NodesPerTouch;
            var rows = RowsSpan(first).Slice(
                from * SdrGraph.Degree, Math.Min(NodesPerTouch, nodes - from) * SdrGraph.Degree);
            foreach (var group in groups)
            {
                group.Touch(rows);
            }
        }
    }

    private Span<uint> RowsSpan(long first) => new(RowsOf(first).Pointer, CountAt(first) * SdrGraph.Degree);

    private NativeBuffer RowsOf(long first) => _rows[first / WindowNodes % 2];

    private int CountAt(long first) => (int)Math.Min(WindowNodes, Shape.Nodes - first);
}
