using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.Pieces;

namespace Federation.Proofs.PreCommit1;

/// <summary>
/// PC1: checks the data against the pieces, builds tree-d and makes the labels of all layers. Taken up again on the
/// same folders it keeps what is complete: every file has its name only when it is whole and on disk.
/// </summary>
public static class PreCommit1Phase
{
    /// <summary>Part of the phase that tree-d takes.</summary>
    internal const double TreeDPart = 0.03;

    private const int CopyBufferSize = 1 << 20;

    /// <summary>Runs the phase.</summary>
    /// <param name="request">What to seal, and where.</param>
    /// <param name="options">Memory, threads and the parent cache's folder.</param>
    /// <param name="progress">Told stage and part of the whole.</param>
    /// <param name="cancellationToken">Ends the phase within a second; complete files stay.</param>
    /// <exception cref="ArgumentException">The pieces do not fit the sector.</exception>
    /// <exception cref="FileNotFoundException">The data are missing.</exception>
    /// <exception cref="InvalidDataException">
    /// The data are not those of the pieces, or the parent cache is damaged.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PreCommit1Result Run(
        PreCommit1Request request,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var (commD, replicaId) = Prepare(request, options, progress, cancellationToken);
        SdrLayers.Build(
            new SdrGraph(request.Config, tabulate: true),
            replicaId,
            request.CacheDirectory,
            options,
            (stage, done) => progress?.Report(LayerProgress(stage, done)),
            cancellationToken);
        var result = Finish(request, commD, replicaId);
        progress?.Report(new PhaseProgress("done", 1));
        return result;
    }

    /// <summary>Requires that all layers are there, whole, and by samples those of a replica.</summary>
    /// <exception cref="InvalidDataException">A layer is not; the message names its file and the remedy.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void RequireLayers(
        SealConfig config, Bytes32 replicaId, string cacheDirectory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        var graph = new SdrGraph(config, tabulate: false);
        for (var layer = 1; layer <= config.Shape.Layers; layer++)
        {
            if (!LayerCheck.IsComplete(graph, replicaId, cacheDirectory, layer, cancellationToken))
            {
                var path = Path.Combine(cacheDirectory, CacheFiles.Layer(layer));
                throw new InvalidDataException(
                    $"layer {path} is missing, damaged or of another sector: run PreCommit1 again");
            }
        }
    }

    /// <summary>All that comes before the layers: checks, tree-d and the copy of the data.</summary>
    internal static (Bytes32 CommD, Bytes32 ReplicaId) Prepare(
        PreCommit1Request request,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        var commD = DataCommitment.FromPieces(request.Pieces, request.Config.Shape.SectorSize);
        RequireData(request);
        Directory.CreateDirectory(request.CacheDirectory);
        TreeDFile.Ensure(
            request,
            commD,
            options,
            progress is null ? null : new Reporter(
                done => progress.Report(new PhaseProgress("tree-d", done * TreeDPart))),
            cancellationToken);
        CopyData(request, cancellationToken);
        return (commD, ReplicaId.Compute(
            request.ProverId, request.Sector, request.Ticket, commD, request.Config.PoRepId));
    }

    /// <summary>All that comes after the layers.</summary>
    internal static PreCommit1Result Finish(PreCommit1Request request, Bytes32 commD, Bytes32 replicaId)
    {
        TemporaryAux.Write(request.Config.Shape, request.CacheDirectory, request.RecordedCachePath);
        return new PreCommit1Result(
            commD, replicaId, PreCommitOutputs.PreCommit1(request.Config, request.RecordedCachePath, commD));
    }

    /// <summary>The layers' progress as part of the phase's.</summary>
    internal static PhaseProgress LayerProgress(string stage, double done) =>
        new(stage, TreeDPart + (done * (1 - TreeDPart)));

    private static void RequireData(PreCommit1Request request)
    {
        var size = request.Config.Shape.SectorSize;
        if (!File.Exists(request.UnsealedPath))
        {
            throw new FileNotFoundException($"unsealed file {request.UnsealedPath} is missing", request.UnsealedPath);
        }

        var length = new FileInfo(request.UnsealedPath).Length;
        if (length < size)
        {
            throw new InvalidDataException(
                $"unsealed file {request.UnsealedPath} has {length} bytes where {size} are needed");
        }
    }

    private static void CopyData(PreCommit1Request request, CancellationToken cancellationToken)
    {
        if (request.SealedPath is not { } target)
        {
            return;
        }

        using var source = File.OpenHandle(request.UnsealedPath, options: FileOptions.SequentialScan);
        using var copy = File.OpenHandle(target, FileMode.Create, FileAccess.Write);
        var buffer = new byte[Math.Min(CopyBufferSize, request.Config.Shape.SectorSize)];
        for (long position = 0; position < request.Config.Shape.SectorSize; position += buffer.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FileRegions.ReadExactly(source, request.UnsealedPath, buffer, position);
            RandomAccess.Write(copy, buffer, position);
        }

        FileRegions.Flush(copy, cancellationToken);
    }

    /// <summary>Reports on the caller's thread; <see cref="Progress{T}"/> would post elsewhere and reorder.</summary>
    private sealed class Reporter(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
