using System.Collections.Concurrent;
using Federation.Chain;
using static Federation.Miner.Sectors.SectorStates;

namespace Federation.Miner.Sectors;

/// <summary>
/// What each state does: looks at the sector, its job and the chain, and says what has happened. It writes nothing to
/// the store; the only effect that it has is pushing messages that are already written to the record.
/// </summary>
internal sealed partial class SectorHandlers(IChain chain, IProofShelf shelf, WaitLimits limits, TimeProvider time)
{
    private static readonly SectorStep Idle = new SectorStep.Wait(null);

    // When this process first missed a proof, by sector and by how often it was asked for.
    private readonly ConcurrentDictionary<ulong, (uint Order, uint Asks, long Since)> _missing = [];

    // When this process first saw a phase run.
    private readonly ConcurrentDictionary<ulong, (uint Order, ulong Epoch, string Phase, long Since)> _running = [];

    /// <summary>The next step of a sector.</summary>
    public Task<SectorStep> NextAsync(SectorView view, CancellationToken cancellationToken)
    {
        if (view.Unreadable is { } unreadable)
        {
            return Task.FromResult(
                SectorTransitions.IsUnderWay(view.Record.State) ? Fail(SectorEvent.FatalError, unreadable) : Idle);
        }

        if (SectorTransitions.IsUnderWay(view.Record.State) && view.Record.State is not (Removing or RemoveFailed))
        {
            // A kind that is not known is said here, before an order is to be made of it.
            _ = SealSpecs.ProofKindOf(view.Record.Spec);
        }

        if (SectorTransitions.IsPhase(view.Record.State) && OrderIsLost(view))
        {
            return Task.FromResult<SectorStep>(new SectorStep.Move(SectorEvent.OrderLost));
        }

        return view.Record.State switch
        {
            Packing => Task.FromResult(Pack(view)),
            GetTicket => DrawTicketAsync(view, cancellationToken),
            PreCommit1 => RunPreCommit1Async(view, cancellationToken),
            PreCommit2 => Task.FromResult(RunPreCommit2(view)),
            SubmitPreCommitBatch => SubmitPreCommitAsync(view, cancellationToken),
            PreCommitBatchWait => AwaitPreCommitAsync(view, cancellationToken),
            WaitSeed => AwaitSeedAsync(view, cancellationToken),
            Committing => CommitAsync(view, cancellationToken),
            SubmitCommitAggregate => SubmitCommitAsync(view, cancellationToken),
            CommitAggregateWait => AwaitCommitAsync(view, cancellationToken),
            FinalizeSector => Task.FromResult(Finish(view)),
            Removing => Task.FromResult(Remove(view)),
            _ when RetryTable.Find(view.Record.State) is not null => RetryAsync(view, cancellationToken),
            _ => Task.FromResult(Idle),
        };
    }

    /// <summary>
    /// The failure that a state ends in when its time is up, whatever the chain says or does not say.
    /// </summary>
    public SectorStep? TimedOut(SectorView view, string cause)
    {
        var (limit, happened) = view.Record.State switch
        {
            GetTicket => (limits.Chain, SectorEvent.CommitFailed),
            SubmitPreCommitBatch => (limits.Chain, SectorEvent.ChainPreCommitFailed),
            PreCommitBatchWait => (WaitLimits.Inclusion(chain.Parameters), SectorEvent.ChainPreCommitFailed),
            WaitSeed => (WaitLimits.Seed(chain.Parameters), SectorEvent.ChainPreCommitFailed),
            Committing => (limits.Start, SectorEvent.ComputeProofFailed),
            SubmitCommitAggregate => (limits.Chain, SectorEvent.CommitFailed),
            CommitAggregateWait => (WaitLimits.Inclusion(chain.Parameters), SectorEvent.CommitFailed),
            _ => (TimeSpan.MaxValue, SectorEvent.FatalError),
        };
        return Since(view) < limit ? null : Fail(happened, $"waited {Text(limit)} in {view.Record.State}: {cause}");
    }

    private static bool OrderIsLost(SectorView view) =>
        view.Offer is null && view.Job is null && !(view.Record.State == Removing && view.Record.Region.Length == 0);

    private static SectorStep.Move Fail(SectorEvent happened, string cause) =>
        new(happened, Error: cause, User: SectorLogText.Error(cause));

    private static string Text(TimeSpan span) => span switch
    {
        { TotalHours: >= 1 } => $"{span.TotalHours:0.#} h",
        { TotalMinutes: >= 1 } => $"{span.TotalMinutes:0.#} min",
        _ => $"{span.TotalSeconds:0.#} s",
    };

    /// <summary>
    /// Time in the present state, by the miner's own clock: a clock set back only makes it wait longer.
    /// </summary>
    private TimeSpan Since(SectorView view) => TimeSpan.FromMilliseconds(
        Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - view.Record.StateSinceUnixMs));
}
