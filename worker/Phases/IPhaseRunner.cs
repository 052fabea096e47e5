using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>
/// Runs sealing phases. A call returns at once; its task ends when the phase is done, fails with <see
/// cref="PhaseException"/>, or within a second of cancellation with <see cref="OperationCanceledException"/>; only a
/// call of the file system that hangs then outlives it. Progress is reported on the phase's thread. Several phases may
/// run at the same time on different files. PC1 run again on the same folder goes on where it was stopped; all others
/// begin anew.
/// </summary>
public interface IPhaseRunner
{
    /// <summary>AP.</summary>
    Task<AddPieceOutcome> AddPieceAsync(
        AddPieceTask task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken);

    /// <summary>PC1.</summary>
    Task<PreCommit1Outcome> PreCommit1Async(
        PreCommit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken);

    /// <summary>PC2.</summary>
    Task<PreCommit2Outcome> PreCommit2Async(
        PreCommit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken);

    /// <summary>C1.</summary>
    Task<Commit1Outcome> Commit1Async(
        Commit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken);

    /// <summary>C2.</summary>
    Task<Commit2Outcome> Commit2Async(
        Commit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Verification of a C1 output.</summary>
    Task<VerifyOutcome> VerifyAsync(VerifyTask task, CancellationToken cancellationToken);
}
