using Federation.Storage;
using Federation.Storage.Attempts;

namespace Federation.MinerAgent.Jobs;

/// <summary>
/// The sector files of this agent's region, as far as jobs need them. Every method may be repeated after a crash, and
/// fails with <see cref="StorageException"/> whose message is one sentence for the operator.
/// </summary>
public interface IRegionFiles
{
    /// <summary>
    /// Creates the folder of a new attempt, with a number above <paramref name="after"/>, where the sector's files are
    /// or, when it has none yet, on the path with the most room.
    /// </summary>
    Task<AttemptPlace> CreateAttemptAsync(
        SectorId sector, ulong sectorSize, string phase, ulong epoch, uint order, ulong after,
        CancellationToken cancellationToken);

    /// <summary>Compares what a worker reported with what is there: null when it agrees, else one sentence.</summary>
    Task<string?> CheckAsync(
        SectorId sector, string phase, AttemptId attempt, IReadOnlyList<AttemptFile> files,
        CancellationToken cancellationToken);

    /// <summary>Gives an accepted attempt's files their final names and removes the phase's other attempts.</summary>
    Task<PublishOutcome> PublishAsync(
        SectorId sector, string phase, uint order, AttemptId attempt, CancellationToken cancellationToken);

    /// <summary>Removes attempts of one epoch: one phase's, or every phase's when <paramref name="phase"/> is
    /// null.</summary>
    Task DiscardAsync(SectorId sector, string? phase, ulong epoch, CancellationToken cancellationToken);

    /// <summary>Removes what is left of a sector's attempts when its last phase, FIN or RM, has been
    /// published.</summary>
    Task ForgetAsync(SectorId sector, CancellationToken cancellationToken);

    /// <summary>The path of the published output of C1 or C2; null when it is not there.</summary>
    string? FindProof(SectorId sector, string phase);
}
