using System.Collections.Concurrent;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Storage;
using Federation.Storage.Attempts;
using Federation.Storage.Space;
using Federation.Worker.Parameters;
using Federation.Worker.Phases;
using Federation.Worker.Session;
using AttemptFile = Federation.Proto.Gates.AttemptFile;

namespace Federation.Worker.Tasks;

/// <summary>
/// Runs phases on the region's storage: each writes into its attempt's folder and reads what was published. FIN and RM
/// work on published files in place, where the storage makes them repeatable. Thread-safe.
/// </summary>
/// <param name="runner">Computes AP, PC1, PC2, C1 and C2.</param>
/// <param name="storage">Where the region's paths are.</param>
/// <param name="freeSpace">Tells their room.</param>
/// <param name="stretch">Waits before phases, for rehearsals.</param>
/// <param name="parameters">Where C2's parameters are.</param>
/// <param name="notice">Told which of them were used.</param>
public sealed partial class PhaseExecutor(
    IPhaseRunner runner, StorageMap storage, IFreeSpace freeSpace, Stretch stretch, ParameterSettings parameters,
    ParameterNotice notice) : IPhaseExecutor
{
    private const string RoomRemedy = ": see that the storage has room and can be written";
    private const string ParametersRemedy = ": see that FIL_PROOFS_PARAMETER_CACHE names the folder that holds it, "
        + "whole";

    private readonly ConcurrentDictionary<string, SpaceLedger> _ledgers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<TaskResult> RunAsync(
        Assign task, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            var place = await OnDiskAsync(() => Open(task), cancellationToken);
            using var room = await OnDiskAsync(() => Reserve(task, place), cancellationToken);
            await stretch.WaitAsync(task.Phase, progress, cancellationToken);
            return await RunAsync(task, place, progress, cancellationToken);
        }
        catch (PhaseException failure)
        {
            var kind = failure.Fault == PhaseFault.InvalidInput ? FailureKind.InvalidInput : FailureKind.Temporary;
            throw new PhaseFailedException(kind, WithRemedy(task, failure), failure);
        }
        catch (StorageException error)
        {
            throw new PhaseFailedException(FailureKind.Temporary, error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PhaseFailedException(FailureKind.Temporary, error.Message + RoomRemedy, error);
        }
    }

    /// <inheritdoc/>
    public Task DiscardAsync(Assign task) => Task.Run(() =>
    {
        if (!WorksInPlace(task.Phase) && storage.Find(task.StorageId) is { } path)
        {
            StorageFolder.Open(path, task.StorageId)
                .Attempts(SectorOf(task), SealingPhases.Parse(task.Phase)).Delete(AttemptId.Parse(task.Attempt));
        }
    });

    private async Task<TaskResult> RunAsync(
        Assign task, PhasePlace place, IProgress<PhaseProgress> progress, CancellationToken cancellationToken) =>
            task.Phase switch
    {
        "AP" => await AddPieceAsync(task, place, progress, cancellationToken),
        "PC1" => await PreCommit1Async(task, place, progress, cancellationToken),
        "PC2" => await PreCommit2Async(task, place, progress, cancellationToken),
        "C1" => await Commit1Async(task, place, progress, cancellationToken),
        "C2" => await Commit2Async(task, place, progress, cancellationToken),
        "FIN" => await InPlaceAsync(() => FinalizeWhole(task, place, cancellationToken), progress, cancellationToken),
        "RM" => await InPlaceAsync(
            () => place.Files.Remove(place.Sector, cancellationToken), progress, cancellationToken),
        _ => throw new PhaseFailedException(FailureKind.Permanent, $"this worker does not know phase {task.Phase}."),
    };

    private static async Task<TaskResult> InPlaceAsync(
        Action change, IProgress<PhaseProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new PhaseProgress("files", 0));
        await OnDiskAsync(() => { change(); return true; }, cancellationToken);
        progress.Report(new PhaseProgress("done", 1));
        return new TaskResult { Ok = true };
    }

    /// <summary>
    /// Cancelled between two files. One call that the file system does not end, such as the flush of a large file, is
    /// left behind: it changes nothing that somebody relies on.
    /// </summary>
    private static Task<T> OnDiskAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken);

    /// <summary>What of a sector is kept must be there before all goes that it could be made of again.</summary>
    private static void FinalizeWhole(Assign task, PhasePlace place, CancellationToken cancellationToken)
    {
        var shape = PhaseInputs.Sector(task).Config.Shape;
        RequireFile(place, AttemptFileName.Sealed, shape.SectorSize);
        RequireFile(place, AttemptFileName.InCache(CacheFiles.PAux));
        RequireFile(place, AttemptFileName.InCache(CacheFiles.TAux));
        for (var index = 0; index < shape.BaseTreeCount; index++)
        {
            RequireFile(place, AttemptFileName.InCache(CacheFiles.TreeRLast(shape, index)));
        }

        place.Files.Finalize(place.Sector, keepUnsealed: false, cancellationToken);
    }

    private PhasePlace Open(Assign task)
    {
        var path = storage.Find(task.StorageId)
            ?? throw new PhaseFailedException(
                FailureKind.Temporary, $"the agent never told where storage {task.StorageId} is.");
        var folder = StorageFolder.Open(path, task.StorageId);
        var sector = SectorOf(task);
        if (WorksInPlace(task.Phase))
        {
            return new PhasePlace(folder, sector, null);
        }

        var attempt = folder.Attempts(sector, SealingPhases.Parse(task.Phase)).Find(AttemptId.Parse(task.Attempt))
            ?? throw new PhaseFailedException(
                FailureKind.Temporary,
                $"attempt {task.Attempt} of {task.Phase} of {sector} is not in {path}: is the same storage mounted "
                + "here?");
        return new PhasePlace(folder, sector, attempt);
    }

    private SpaceReservation? Reserve(Assign task, PhasePlace place)
    {
        if (WorksInPlace(task.Phase))
        {
            return null;
        }

        var ledger = _ledgers.GetOrAdd(place.Storage.Root, _ => new SpaceLedger(place.Storage, freeSpace));
        return ledger.TryReserve(place.Attempt!, checked((long)task.Spec.SectorSize), out var room) is { } refused
            ? throw new PhaseFailedException(FailureKind.Temporary, refused)
            : room;
    }

    private static async Task<TaskResult> CompleteAsync(
        PhasePlace place, TaskResult result, CancellationToken cancellationToken)
    {
        var files = await OnDiskAsync(() => place.Attempt!.Complete(cancellationToken), cancellationToken);
        result.Ok = true;
        result.Files.AddRange(files.Select(file => new AttemptFile
        {
            Name = file.Name,
            Size = (ulong)file.Size,
        }));
        return result;
    }

    /// <summary>
    /// The proofs name the file, and some the remedy; where they do not, the phase that misses it tells which one ran
    /// badly.
    /// </summary>
    private static string WithRemedy(Assign task, PhaseException failure)
    {
        var isOfFile =
            failure.InnerException is FileNotFoundException or DirectoryNotFoundException or InvalidDataException;
        return failure.InnerException is MissingParametersException or ParameterFileException
                ? failure.Message + ParametersRemedy
            : failure.Fault == PhaseFault.Storage ? failure.Message + RoomRemedy
            : isOfFile && !failure.Message.EndsWith(" again", StringComparison.Ordinal)
                && !failure.Message.EndsWith("from PreCommit1", StringComparison.Ordinal)
                ? $"{failure.Message}: run {(task.Phase == "PC1" ? "AddPiece" : "PreCommit1")} again"
            : failure.Message;
    }

    private static string RequireFile(PhasePlace place, AttemptFileName name, long? size = null)
    {
        try
        {
            return place.Files.Require(place.Sector, name, size);
        }
        catch (StorageException error)
        {
            throw new PhaseFailedException(FailureKind.InvalidInput, error.Message, error);
        }
    }

    private static SectorId SectorOf(Assign task) => new(task.Spec?.Miner ?? 0, task.Sector);

    private static bool WorksInPlace(string phase) => phase is "FIN" or "RM";

    private sealed record PhasePlace(StorageFolder Storage, SectorId Sector, AttemptFolder? Attempt)
    {
        public SectorFiles Files { get; } = new(Storage);

        public SectorPaths Published => Storage.Paths(Sector);
    }
}
