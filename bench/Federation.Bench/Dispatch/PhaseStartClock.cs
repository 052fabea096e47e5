using System.Collections.Concurrent;
using System.Diagnostics;
using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Bench.Dispatch;

/// <summary>Notes when a sector's AP begins to run, then runs it as it is. Thread-safe.</summary>
internal sealed class PhaseStartClock(IPhaseRunner runner) : IPhaseRunner
{
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<long>> _starts = [];

    /// <summary>When the sector's AP began, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public Task<long> StartOf(ulong sector) => Of(sector).Task;

    /// <inheritdoc/>
    public Task<AddPieceOutcome> AddPieceAsync(
        AddPieceTask task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        Of(task.Sector.Number).TrySetResult(now);
        return runner.AddPieceAsync(task, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PreCommit1Outcome> PreCommit1Async(
        PreCommit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        runner.PreCommit1Async(task, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<PreCommit2Outcome> PreCommit2Async(
        PreCommit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        runner.PreCommit2Async(task, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<Commit1Outcome> Commit1Async(
        Commit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        runner.Commit1Async(task, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<Commit2Outcome> Commit2Async(
        Commit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        runner.Commit2Async(task, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<VerifyOutcome> VerifyAsync(VerifyTask task, CancellationToken cancellationToken) =>
        runner.VerifyAsync(task, cancellationToken);

    private TaskCompletionSource<long> Of(ulong sector) =>
        _starts.GetOrAdd(sector, _ =>
            new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
}
