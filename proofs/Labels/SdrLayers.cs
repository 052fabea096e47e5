using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Makes all layers of a sector, one file each. A layer is written under a temporary name and renamed when it is
/// complete and on disk; layers that are complete, and of this replica, are kept when the work is taken up again.
/// </summary>
internal sealed unsafe class SdrLayers : IDisposable
{
    private const string MappedName = "layers.tmp";

    private readonly SdrGraph _graph;
    private readonly Bytes32 _replicaId;
    private readonly string _folder;
    private readonly SealOptions _options;
    private readonly LabelMemoryPlan _plan;
    private readonly LabelGatherer _gatherer;
    private readonly LabelHasher _hasher;
    private readonly LayerPipeline? _pipeline;
    private readonly LabelWindow[] _windows;
    private NativeBuffer? _previous;
    private NativeBuffer _current;
    private int _loaded;

    private SdrLayers(
        SdrGraph graph,
        IParentReader parents,
        Bytes32 replicaId,
        string folder,
        SealOptions options,
        LabelMemoryPlan plan,
        LabelKernel kernel,
        CancellationToken cancellationToken)
    {
        _graph = graph;
        _replicaId = replicaId;
        _folder = folder;
        _options = options;
        _plan = plan;
        _hasher = new LabelHasher(kernel);
        _pipeline = plan.CurrentInMemory ? new LayerPipeline(parents, kernel, gatherAhead: options.Threads > 1) : null;
        _gatherer = new LabelGatherer(parents, HelperThreads(options));
        _windows = _pipeline is null ? [new LabelWindow(_plan), new LabelWindow(_plan)] : [];
        _previous = _plan.PreviousInMemory ? Allocate(Shape.SectorSize, cancellationToken) : null;
        try
        {
            _current = Allocate(
                _plan.CurrentInMemory ? Shape.SectorSize : 2L * _plan.WindowNodes * SectorShape.NodeSize,
                cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            _previous?.Dispose();
            throw;
        }
    }

    private SectorShape Shape => _graph.Config.Shape;

    /// <summary>Makes the layers that are missing.</summary>
    /// <param name="graph">Graph, tabulated.</param>
    /// <param name="replicaId">Replica id.</param>
    /// <param name="folder">Existing cache folder.</param>
    /// <param name="options">Memory, threads and the parent cache's folder.</param>
    /// <param name="progress">Told the stage and the part of all layers that is done.</param>
    /// <param name="cancellationToken">Ends the work within 100 ms or so; complete layers stay.</param>
    public static void Build(
        SdrGraph graph,
        Bytes32 replicaId,
        string folder,
        SealOptions options,
        Action<string, double>? progress,
        CancellationToken cancellationToken)
    {
        var shape = graph.Config.Shape;
        var plan = LabelMemoryPlan.For(shape, options.MemoryBytes, options.MapLayers ? PageCache.SpareBytes() : 0);
        if (plan.IsMapped && !CanMap(folder, 2 * shape.SectorSize))
        {
            plan = LabelMemoryPlan.For(shape, options.MemoryBytes);
        }

        Build(graph, replicaId, folder, options, plan, BlockHasher.Best, progress, cancellationToken);
    }

    /// <summary>As above, with a memory plan and a kernel of the caller's choice.</summary>
    internal static void Build(
        SdrGraph graph,
        Bytes32 replicaId,
        string folder,
        SealOptions options,
        LabelMemoryPlan plan,
        LabelKernel kernel,
        Action<string, double>? progress,
        CancellationToken cancellationToken)
    {
        using var parents = OpenParents(graph, options, progress, cancellationToken);
        using var layers = new SdrLayers(
            graph, parents, replicaId, folder, options, plan, kernel, cancellationToken);
        layers.BuildAll(progress, cancellationToken);
    }

    /// <summary>Opens the parent cache, or computes parents where none is set.</summary>
    internal static IParentReader OpenParents(
        SdrGraph graph, SealOptions options, Action<string, double>? progress, CancellationToken cancellationToken) =>
        options.ParentCacheDirectory is { } directory
            ? ParentCacheFile.Open(
                graph,
                directory,
                options.Threads,
                options.VerifyParentCache,
                done => progress?.Invoke($"parent cache {(int)(100 * done)}/100", 0),
                cancellationToken)
            : new ComputedParentReader(graph, HelperThreads(options));

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasher.Dispose();
        _pipeline?.Dispose();
        Array.ForEach(_windows, window => window.Dispose());
        _previous?.Dispose();
        _current.Dispose();
    }

    /// <summary>Room for mapped layers, with as much again for the layers' own files, on something that is no
    /// memory.</summary>
    private static bool CanMap(string folder, long bytes)
    {
        var drive = new DriveInfo(Path.GetFullPath(folder));
        return drive.DriveFormat is not ("tmpfs" or "ramfs") && drive.AvailableFreeSpace / 2 >= bytes;
    }

    private NativeBuffer Allocate(long size, CancellationToken cancellationToken) => _plan.IsMapped
        ? NativeBuffer.Map(size, Path.Combine(_folder, MappedName), cancellationToken)
        : new NativeBuffer(size, _options.HugePages);

    /// <summary>One thread hashes; the others prepare.</summary>
    private static int HelperThreads(SealOptions options) => Math.Max(1, options.Threads - 1);

    private void BuildAll(Action<string, double>? progress, CancellationToken cancellationToken)
    {
        for (var layer = 1; layer <= Shape.Layers; layer++)
        {
            var stage = $"layer {layer}/{Shape.Layers}";
            var done = layer - 1;
            progress?.Invoke(stage, (double)done / Shape.Layers);
            if (TakeUp(layer, cancellationToken))
            {
                continue;
            }

            if (_plan.PreviousInMemory && layer > 1 && _loaded != layer - 1)
            {
                LoadPrevious(layer - 1, cancellationToken);
            }

            Build(layer, fraction => progress?.Invoke(stage, (done + fraction) / Shape.Layers), cancellationToken);
            if (_plan.CurrentInMemory)
            {
                (_previous, _current) = (_current, _previous!);
                _loaded = layer;
            }
        }
    }

    /// <summary>True when the layer is there; then it is in memory too, where it has its place.</summary>
    private bool TakeUp(int layer, CancellationToken cancellationToken)
    {
        var isThere = LayerCheck.IsMarked(
            Shape, _replicaId, _folder, layer, _plan.PreviousInMemory ? Keep : null, cancellationToken);
        _loaded = isThere && _plan.PreviousInMemory ? layer : _loaded;
        return isThere;
    }

    private void LoadPrevious(int layer, CancellationToken cancellationToken) =>
        LayerCheck.Read(Shape, _folder, layer, Keep, cancellationToken);

    private void Keep(long position, ReadOnlySpan<byte> labels)
    {
        // Until all of it is there, and found right, this is no layer.
        _loaded = 0;
        labels.CopyTo(_previous!.Span(position, labels.Length));
    }

    private void Build(int layer, Action<double> progress, CancellationToken cancellationToken)
    {
        using var output = new LayerOutput(_folder, layer, _replicaId);
        using var previousFile = layer > 1 && !_plan.PreviousInMemory
            ? FileRegions.OpenRead(PathOf(layer - 1), Shape.SectorSize)
            : null;
        if (_pipeline is null)
        {
            var current = new LayerFile(output.File, output.TemporaryPath);
            var previous = previousFile is null ? null : new LayerFile(previousFile, PathOf(layer - 1));
            HashWindows(layer, output, current, previous, progress, cancellationToken);
        }
        else
        {
            HashInMemory(_pipeline, layer, output, progress, cancellationToken);
        }

        output.Complete(cancellationToken);
    }

    /// <summary>Both layers are in memory: one thread gathers, this one hashes, a third writes now and then.</summary>
    private void HashInMemory(
        LayerPipeline pipeline,
        int layer,
        LayerOutput output,
        Action<double> progress,
        CancellationToken cancellationToken)
    {
        var writer = new LayerWriter(output, _current);
        try
        {
            pipeline.Run(
                _replicaId,
                layer,
                Shape.Nodes,
                _current,
                layer > 1 ? _previous : null,
                labelled =>
                {
                    writer.Offer(labelled);
                    progress((double)labelled / Shape.Nodes);
                },
                cancellationToken);
            writer.Finish(Shape.Nodes);
        }
        finally
        {
            writer.Stop();
        }
    }

    /// <summary>While one window is hashed, the next is prepared by another thread when there is one.</summary>
    private void HashWindows(
        int layer,
        LayerOutput output,
        LayerFile current,
        LayerFile? previous,
        Action<double> progress,
        CancellationToken cancellationToken)
    {
        var previousLabels = layer > 1 && _plan.PreviousInMemory ? _previous : null;
        var preparation = Prepare(0);
        for (long first = 0; first < Shape.Nodes; first += _plan.WindowNodes)
        {
            preparation.GetAwaiter().GetResult();
            var window = WindowAt(first);
            var next = first + _plan.WindowNodes;
            preparation = next < Shape.Nodes ? Prepare(next) : Task.CompletedTask;
            try
            {
                _hasher.Hash(_replicaId, layer, window, _current, previousLabels, cancellationToken);
            }
            finally
            {
                // The other thread must be done with the files before they are closed, whatever happened here.
                Task.WaitAny([preparation], CancellationToken.None);
            }

            Write(window, output);
            progress((double)Math.Min(next, Shape.Nodes) / Shape.Nodes);
        }

        Task Prepare(long first)
        {
            // Base parents in this window and the one before are in memory; all before those are in the file already.
            var residentFrom = _plan.CurrentInMemory ? 0 : Math.Max(0, first - _plan.WindowNodes);
            var window = WindowAt(first);
            window.MoveTo(first, (int)Math.Min(_plan.WindowNodes, Shape.Nodes - first), residentFrom);
            if (_options.Threads > 1)
            {
                return Task.Run(
                    () => _gatherer.Prepare(window, current, previous, cancellationToken), CancellationToken.None);
            }

            _gatherer.Prepare(window, current, previous, cancellationToken);
            return Task.CompletedTask;
        }
    }

    private LabelWindow WindowAt(long first) => _windows[first / _plan.WindowNodes % 2];

    private void Write(LabelWindow window, LayerOutput output)
    {
        var bytes = window.Count * SectorShape.NodeSize;
        var labels = _current.Span((window.FirstNode - window.ResidentFrom) * SectorShape.NodeSize, bytes);
        output.Append(labels);
        if (!_plan.CurrentInMemory && window.FirstNode > 0)
        {
            labels.CopyTo(_current.Span(0, bytes));
        }
    }

    private string PathOf(int layer) => Path.Combine(_folder, CacheFiles.Layer(layer));
}
