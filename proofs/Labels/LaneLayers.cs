using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Makes the layers of several sectors of one graph in lockstep. Each sector's files are as one alone would leave them;
/// layers that a sector has are kept, and a sector that fails falls out while the others go on.
/// </summary>
internal sealed unsafe class LaneLayers : IDisposable
{
    private const int WindowNodes = 1 << 10;

    private readonly SdrGraph _graph;
    private readonly IParentReader _parents;
    private readonly int _threads;
    private readonly LaneGroup[] _groups;
    private readonly NativeBuffer[] _rows;

    private LaneLayers(SdrGraph graph, IParentReader parents, LaneSector[] sectors, int lanes, SealOptions options)
    {
        _graph = graph;
        _parents = parents;
        _threads = options.Threads;
        _groups = [.. sectors.Chunk(lanes).Select(
            chunk => new LaneGroup(Shape, chunk, lanes, WindowNodes, options.HugePages))];
        _rows = [NewRows(), NewRows()];
    }

    private SectorShape Shape => _graph.Config.Shape;

    /// <summary>Lanes for so many sectors: no more than the machine's vectors, and no wider than needed.</summary>
    public static int LanesFor(int sectors) =>
        Math.Min(LaneHasher.WidestLanes, sectors <= 4 ? 4 : sectors <= 8 ? 8 : 16);

    /// <summary>Bytes that so many sectors take.</summary>
    public static long MemoryBytes(SectorShape shape, int sectors)
    {
        var lanes = LanesFor(sectors);
        var groups = (sectors + lanes - 1) / lanes;
        var nodes = (2 * shape.Nodes) + WindowNodes;
        return (groups * nodes * lanes * SectorShape.NodeSize) + (2L * WindowNodes * ParentCacheFile.RowSize);
    }

    /// <summary>Makes the layers that are missing.</summary>
    /// <param name="graph">The graph of all sectors, tabulated.</param>
    /// <param name="sectors">Sectors; afterwards each tells whether it failed.</param>
    /// <param name="lanes">16, 8 or 4.</param>
    /// <param name="options">Threads and the parent cache's folder.</param>
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
        using var parents = SdrLayers.OpenParents(graph, options, progress, cancellationToken);
        using var layers = new LaneLayers(graph, parents, sectors, lanes, options);
        layers.BuildAll(progress, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_groups, group => group.Dispose());
        Array.ForEach(_rows, rows => rows.Dispose());
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
                Array.ForEach(open, group => group.Close(layer));
            }
        }
    }

    /// <summary>While one window is hashed, the next one's parents are read by another thread when there is one.</summary>
    private void HashWindows(
        LaneGroup[] groups, int layer, Action<double> progress, CancellationToken cancellationToken)
    {
        var reading = Read(0);
        for (long first = 0; first < Shape.Nodes && Array.Exists(groups, group => group.IsAlive); first += WindowNodes)
        {
            reading.GetAwaiter().GetResult();
            reading = first + WindowNodes < Shape.Nodes ? Read(first + WindowNodes) : Task.CompletedTask;
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

    private Task Read(long first)
    {
        if (_threads > 1)
        {
            return Task.Run(ReadRows);
        }

        ReadRows();
        return Task.CompletedTask;

        void ReadRows() =>
            _parents.Read(first, new Span<uint>(RowsOf(first).Pointer, CountAt(first) * SdrGraph.Degree));
    }

    private NativeBuffer RowsOf(long first) => _rows[first / WindowNodes % 2];

    private int CountAt(long first) => (int)Math.Min(WindowNodes, Shape.Nodes - first);
}
