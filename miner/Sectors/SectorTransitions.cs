using System.Collections.Frozen;
using Federation.Chain;
using Federation.Proto.Records;
using static Federation.Miner.Sectors.SectorStates;

namespace Federation.Miner.Sectors;

/// <summary>
/// The state machine: which event leads from which state to which. Nothing else changes a sector's state.
/// </summary>
internal static class SectorTransitions
{
    private static readonly FrozenDictionary<(string State, SectorEvent Event), string> Table =
        new Dictionary<(string State, SectorEvent Event), string>
        {
            [("", SectorEvent.StartCC)] = Packing,

            [(Packing, SectorEvent.Packed)] = GetTicket,
            [(Packing, SectorEvent.AddPieceFailed)] = AddPieceFailed,
            [(GetTicket, SectorEvent.Ticket)] = PreCommit1,
            [(GetTicket, SectorEvent.CommitFailed)] = CommitFailed,
            [(PreCommit1, SectorEvent.PreCommit1)] = PreCommit2,
            [(PreCommit1, SectorEvent.OldTicket)] = GetTicket,
            [(PreCommit1, SectorEvent.SealPreCommit1Failed)] = SealPreCommit1Failed,
            [(PreCommit2, SectorEvent.PreCommit2)] = SubmitPreCommitBatch,
            [(PreCommit2, SectorEvent.SealPreCommit2Failed)] = SealPreCommit2Failed,
            [(PreCommit2, SectorEvent.SealPreCommit1Failed)] = SealPreCommit1Failed,

            [(SubmitPreCommitBatch, SectorEvent.MessageSigned)] = SubmitPreCommitBatch,
            [(SubmitPreCommitBatch, SectorEvent.PreCommitBatchSent)] = PreCommitBatchWait,
            [(SubmitPreCommitBatch, SectorEvent.PreCommitLanded)] = WaitSeed,
            [(SubmitPreCommitBatch, SectorEvent.SealPreCommit1Failed)] = SealPreCommit1Failed,
            [(SubmitPreCommitBatch, SectorEvent.ChainPreCommitFailed)] = PreCommitFailed,
            [(PreCommitBatchWait, SectorEvent.PreCommitLanded)] = WaitSeed,
            [(PreCommitBatchWait, SectorEvent.ChainPreCommitFailed)] = PreCommitFailed,
            [(WaitSeed, SectorEvent.SeedReady)] = Committing,
            [(WaitSeed, SectorEvent.ChainPreCommitFailed)] = PreCommitFailed,

            [(Committing, SectorEvent.ProofWanted)] = Committing,
            [(Committing, SectorEvent.ProofUnjudged)] = Committing,
            [(Committing, SectorEvent.Committed)] = SubmitCommitAggregate,
            [(Committing, SectorEvent.ComputeProofFailed)] = ComputeProofFailed,
            [(SubmitCommitAggregate, SectorEvent.ProofWanted)] = SubmitCommitAggregate,
            [(SubmitCommitAggregate, SectorEvent.ProofUnjudged)] = SubmitCommitAggregate,
            [(SubmitCommitAggregate, SectorEvent.MessageSigned)] = SubmitCommitAggregate,
            [(SubmitCommitAggregate, SectorEvent.CommitAggregateSent)] = CommitAggregateWait,
            [(SubmitCommitAggregate, SectorEvent.Proving)] = FinalizeSector,
            [(SubmitCommitAggregate, SectorEvent.CommitFailed)] = CommitFailed,
            [(CommitAggregateWait, SectorEvent.Proving)] = FinalizeSector,
            [(CommitAggregateWait, SectorEvent.CommitFailed)] = CommitFailed,
            [(FinalizeSector, SectorEvent.Finalized)] = Proving,
            [(FinalizeSector, SectorEvent.FinalizeFailed)] = FinalizeFailed,

            [(AddPieceFailed, SectorEvent.RetryPacking)] = Packing,
            [(SealPreCommit1Failed, SectorEvent.RetrySealPreCommit1)] = PreCommit1,
            [(SealPreCommit1Failed, SectorEvent.OldTicket)] = GetTicket,
            [(SealPreCommit2Failed, SectorEvent.RetrySealPreCommit2)] = PreCommit2,
            [(PreCommitFailed, SectorEvent.RetryPreCommit)] = SubmitPreCommitBatch,
            [(PreCommitFailed, SectorEvent.RetryPreCommitWait)] = PreCommitBatchWait,
            [(PreCommitFailed, SectorEvent.PreCommitLanded)] = WaitSeed,
            [(PreCommitFailed, SectorEvent.SealPreCommit1Failed)] = SealPreCommit1Failed,
            [(ComputeProofFailed, SectorEvent.RetryComputeProof)] = Committing,
            [(ComputeProofFailed, SectorEvent.RetrySealPreCommit1)] = PreCommit1,
            [(CommitFailed, SectorEvent.ProofUnjudged)] = CommitFailed,
            [(CommitFailed, SectorEvent.OldTicket)] = GetTicket,
            [(CommitFailed, SectorEvent.RetryComputeProof)] = Committing,
            [(CommitFailed, SectorEvent.RetrySubmitCommit)] = SubmitCommitAggregate,
            [(CommitFailed, SectorEvent.RetryCommitWait)] = CommitAggregateWait,
            [(CommitFailed, SectorEvent.Proving)] = FinalizeSector,
            [(FinalizeFailed, SectorEvent.RetryFinalize)] = FinalizeSector,

            [(Removing, SectorEvent.Removed)] = Removed,
            [(Removing, SectorEvent.RemoveFailed)] = RemoveFailed,
            [(RemoveFailed, SectorEvent.RetryRemove)] = Removing,
        }.ToFrozenDictionary();

    /// <summary>States whose entry gives an order, and its phases.</summary>
    private static readonly FrozenDictionary<string, string[]> Orders = new Dictionary<string, string[]>
    {
        [Packing] = ["AP"],
        [PreCommit1] = ["PC1", "PC2"],
        [PreCommit2] = ["PC2"],
        [Committing] = ["C1", "C2"],
        [FinalizeSector] = ["FIN"],
        [Removing] = ["RM"],
    }.ToFrozenDictionary();

    public static IReadOnlyDictionary<(string State, SectorEvent Event), string> All => Table;

    /// <summary>The state that an event leads to; null when it does not belong into the present one.</summary>
    public static string? Next(string state, SectorEvent happened) => happened switch
    {
        SectorEvent.Remove => state is Removing or Removed ? null : Removing,
        SectorEvent.FatalError => state is Removed ? null : FailedUnrecoverable,
        SectorEvent.OperatorRetry => RetryTable.Find(state) is null ? null : state,
        SectorEvent.OrderLost => Orders.ContainsKey(state) ? state : null,
        SectorEvent.ForceState => null,
        _ => Table.GetValueOrDefault((state, happened)),
    };

    /// <summary>
    /// The phases that are ordered when an event leads into a state; null when the order at hand goes on. A chain that
    /// takes vanilla proofs needs no C2.
    /// </summary>
    public static IReadOnlyList<string>? OrderOnEntry(string next, SectorEvent happened, SealSpec spec) =>
        happened switch
    {
        // PC2 follows PC1 under one order, and an order once given is not given again because more is wanted of it.
        SectorEvent.PreCommit1 or SectorEvent.ProofWanted or SectorEvent.ProofUnjudged or SectorEvent.OperatorRetry =>
            null,
        _ when next == Committing && SealSpecs.ProofKindOf(spec) == ProofKind.Vanilla => ["C1"],
        _ => Orders.GetValueOrDefault(next),
    };

    /// <summary>True for states that something is done in, or that are an end.</summary>
    public static bool IsDriven(string state) => state is Proving or Removed || IsUnderWay(state);

    /// <summary>True for states that something is done in.</summary>
    public static bool IsUnderWay(string state) =>
        IsPhase(state) || IsChainWait(state) || RetryTable.Find(state) is not null;

    /// <summary>True where a new head of the chain may be what was waited for.</summary>
    public static bool IsChainWait(string state) =>
        state is GetTicket or SubmitPreCommitBatch or PreCommitBatchWait or WaitSeed
            or SubmitCommitAggregate or CommitAggregateWait;

    /// <summary>True where an agent's work is awaited.</summary>
    public static bool IsPhase(string state) => Orders.ContainsKey(state);
}
