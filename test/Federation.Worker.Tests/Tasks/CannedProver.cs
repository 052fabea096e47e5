using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.Tasks;

/// <summary>Makes the same proof of everything, and keeps what it was asked; all but C2 is done in earnest.</summary>
internal sealed class CannedProver(byte[] proof) : IPhaseRunner
{
    private readonly PhaseRunner _runner = new(new SealOptions { Threads = 1 });

    public Commit2Task? Asked { get; private set; }

    public Task<AddPieceOutcome> AddPieceAsync(
        AddPieceTask task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        _runner.AddPieceAsync(task, progress, cancellationToken);

    public Task<PreCommit1Outcome> PreCommit1Async(
        PreCommit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        _runner.PreCommit1Async(task, progress, cancellationToken);

    public Task<PreCommit2Outcome> PreCommit2Async(
        PreCommit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        _runner.PreCommit2Async(task, progress, cancellationToken);

    public Task<Commit1Outcome> Commit1Async(
        Commit1Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken) =>
        _runner.Commit1Async(task, progress, cancellationToken);

    public Task<Commit2Outcome> Commit2Async(
        Commit2Task task, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        Asked = task;
        return Task.FromResult(new Commit2Outcome(proof, null));
    }

    public Task<VerifyOutcome> VerifyAsync(VerifyTask task, CancellationToken cancellationToken) =>
        _runner.VerifyAsync(task, cancellationToken);
}
