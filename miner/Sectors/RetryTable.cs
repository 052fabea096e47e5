using System.Collections.Frozen;

namespace Federation.Miner.Sectors;

/// <summary>
/// Every failure state and how it is retried. A sector is never dropped: attempts spent, it waits for an operator.
/// </summary>
internal static class RetryTable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly FrozenDictionary<string, RetryRule> Rules = new RetryRule[]
    {
        new(SectorStates.AddPieceFailed, 5, 5 * Second, 10 * Minute),
        new(SectorStates.SealPreCommit1Failed, 4, 10 * Second, 30 * Minute),
        new(SectorStates.SealPreCommit2Failed, 4, 10 * Second, 30 * Minute),
        new(SectorStates.PreCommitFailed, 6, 5 * Second, 10 * Minute),
        new(SectorStates.ComputeProofFailed, 5, 5 * Second, 10 * Minute),
        new(SectorStates.CommitFailed, 6, 5 * Second, 10 * Minute),
        new(SectorStates.FinalizeFailed, 8, 5 * Second, 30 * Minute),
        new(SectorStates.RemoveFailed, 8, 5 * Second, 30 * Minute),
    }.ToFrozenDictionary(static rule => rule.State);

    public static IEnumerable<RetryRule> All => Rules.Values;

    /// <summary>The rule of a failure state; null for every other state.</summary>
    public static RetryRule? Find(string state) => Rules.GetValueOrDefault(state);

    /// <summary>The failure counters that an event's success sets back to zero.</summary>
    public static IReadOnlyList<string> ResetBy(SectorEvent happened) => happened switch
    {
        SectorEvent.Packed => [SectorStates.AddPieceFailed],
        SectorEvent.PreCommit1 => [nameof(SectorEvent.OldTicket)],
        SectorEvent.PreCommit2 => [SectorStates.SealPreCommit2Failed],
        // A ticket that is too old by the end of PC2 sends the sector back to PC1: until the pre-commit has landed,
        // such rounds are one row of failures.
        SectorEvent.PreCommitLanded => [SectorStates.SealPreCommit1Failed],
        SectorEvent.SeedReady => [SectorStates.PreCommitFailed],
        SectorEvent.Committed => [SectorStates.ComputeProofFailed],
        SectorEvent.Proving => [SectorStates.CommitFailed, SectorStates.ComputeProofFailed],
        SectorEvent.Finalized => [SectorStates.FinalizeFailed],
        SectorEvent.Removed => [SectorStates.RemoveFailed],
        _ => [],
    };
}
