using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>One sector that is to be labelled in lockstep, and who waits for it.</summary>
internal sealed record LaneMember(
    PreCommit1Task Task, IProgress<PhaseProgress>? Progress, CancellationToken CancellationToken)
{
    private readonly TaskCompletionSource<PreCommit1Outcome> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends once, however the sector does.</summary>
    public Task<PreCommit1Outcome> Outcome => _outcome.Task;

    /// <summary>True while the sector is wanted and has not ended.</summary>
    public bool IsWanted => !CancellationToken.IsCancellationRequested && !Outcome.IsCompleted;

    public void Succeed(PreCommit1Outcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception failure)
    {
        if (failure is OperationCanceledException)
        {
            _outcome.TrySetCanceled(CancellationToken);
            return;
        }

        _outcome.TrySetException(failure);
    }

    public void Report(PhaseProgress progress)
    {
        if (IsWanted)
        {
            Progress?.Report(progress);
        }
    }
}
