using Federation.MinerAgent.Scheduling;
using Federation.Storage;
using Federation.Storage.Attempts;
using Federation.Storage.Space;

namespace Federation.MinerAgent.Jobs;

/// <summary>
/// The region's storage paths. A sector's files stay on the path that its first phase chose: the one that may seal and
/// has the most room. FIN and RM work on published files in place and have no attempt folders.
/// </summary>
/// <param name="storages">The paths.</param>
/// <param name="freeSpace">Tells their room.</param>
public sealed class RegionFiles(IReadOnlyList<StorageFolder> storages, IFreeSpace freeSpace) : IRegionFiles
{
    /// <inheritdoc/>
    public Task<AttemptPlace> CreateAttemptAsync(
        SectorId sector, ulong sectorSize, string phase, ulong epoch, uint order, ulong after,
        CancellationToken cancellationToken) =>
        Task.Run(() => CreateAttempt(sector, phase, epoch, order, after), cancellationToken);

    /// <inheritdoc/>
    public Task<string?> CheckAsync(
        SectorId sector, string phase, AttemptId attempt, IReadOnlyList<AttemptFile> files,
        CancellationToken cancellationToken) =>
        Task.Run(() => Check(sector, phase, attempt, files), cancellationToken);

    /// <inheritdoc/>
    public Task<PublishOutcome> PublishAsync(
        SectorId sector, string phase, uint order, AttemptId attempt, CancellationToken cancellationToken) =>
        Task.Run(() => WorksInPlace(phase) || Find(sector) is not { } storage
            ? PublishOutcome.AlreadyPublished
            : new Publisher(storage).Publish(sector, SealingPhases.Parse(phase), order, attempt), cancellationToken);

    /// <inheritdoc/>
    public Task DiscardAsync(SectorId sector, string? phase, ulong epoch, CancellationToken cancellationToken) =>
        Task.Run(() => Discard(sector, phase, epoch), cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(SectorId sector, CancellationToken cancellationToken) =>
        Task.Run(() => Discard(sector, null, null), cancellationToken);

    /// <inheritdoc/>
    public string? FindProof(SectorId sector, string phase)
    {
        var name = phase == TaskCode.Commit2 ? AttemptFileName.Commit2Proof : AttemptFileName.Commit1Output;
        var path = Find(sector)?.PathOf(sector, name);
        return File.Exists(path) ? path : null;
    }

    private AttemptPlace CreateAttempt(SectorId sector, string phase, ulong epoch, uint order, ulong after)
    {
        var storage = Find(sector) ?? Choose();
        if (WorksInPlace(phase))
        {
            return new AttemptPlace(storage.Id, new AttemptId(epoch, after + 1));
        }

        var attempts = storage.Attempts(sector, SealingPhases.Parse(phase));
        var folder = attempts.Create(epoch, order);
        while (folder.Id.Number <= after)
        {
            // Numbers of removed folders are free again for the storage, but not for us.
            var next = attempts.Create(epoch, order);
            attempts.Delete(folder.Id);
            folder = next;
        }

        return new AttemptPlace(storage.Id, folder.Id);
    }

    private string? Check(SectorId sector, string phase, AttemptId attempt, IReadOnlyList<AttemptFile> files)
    {
        if (WorksInPlace(phase))
        {
            return null;
        }

        var folder = Find(sector)?.Attempts(sector, SealingPhases.Parse(phase)).Find(attempt);
        return folder is null
            ? $"attempt {attempt} of {phase} of {sector} is missing in the region's storage"
            : folder.Check(files) is [var problem, ..] ? problem : null;
    }

    private void Discard(SectorId sector, string? phase, ulong? epoch)
    {
        if (Find(sector) is not { } storage)
        {
            return;
        }

        foreach (var one in SealingPhases.All.Where(one => phase is null || one.Code() == phase))
        {
            var attempts = storage.Attempts(sector, one);
            foreach (var attempt in attempts.List().Where(attempt => epoch is null || attempt.Id.Epoch == epoch))
            {
                attempts.Delete(attempt.Id);
            }
        }
    }

    /// <summary>The path that has anything of the sector, attempts included.</summary>
    private StorageFolder? Find(SectorId sector) =>
        storages.FirstOrDefault(storage => new SectorFiles(storage).Find(sector) != SectorFileType.None)
        ?? storages.FirstOrDefault(
            storage => SealingPhases.All.Any(phase => storage.Attempts(sector, phase).List().Count > 0));

    private StorageFolder Choose() => storages
        .Where(storage => storage.Config is { CanSeal: true, Weight: > 0 })
        .MaxBy(storage => freeSpace.FreeBytes(storage.Root))
        ?? throw new StorageException(
            "no storage path of this agent may seal: attach one with miner-agent storage attach --seal.");

    private static bool WorksInPlace(string phase) => phase is TaskCode.Finalize or TaskCode.Remove;
}
