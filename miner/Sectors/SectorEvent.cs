namespace Federation.Miner.Sectors;

/// <summary>
/// What can happen to a sector. Logged as <c>event;sealing.Sector…</c>, with Lotus's names where it has them.
/// </summary>
internal enum SectorEvent
{
    StartCC,
    Packed,
    Ticket,
    OldTicket,
    PreCommit1,
    PreCommit2,
    PreCommitBatchSent,
    PreCommitLanded,
    SeedReady,
    Committed,
    CommitAggregateSent,
    Proving,
    Finalized,
    AddPieceFailed,
    SealPreCommit1Failed,
    SealPreCommit2Failed,
    ChainPreCommitFailed,
    ComputeProofFailed,
    CommitFailed,
    FinalizeFailed,
    RetryPacking,
    RetrySealPreCommit1,
    RetrySealPreCommit2,
    RetryPreCommit,
    RetryPreCommitWait,
    RetryComputeProof,
    RetryCommitWait,
    RetrySubmitCommit,
    RetryFinalize,
    RetryRemove,
    Remove,
    Removed,
    RemoveFailed,
    ForceState,
    FatalError,

    /// <summary>A message is signed and its CID known; it is pushed only after this is written.</summary>
    MessageSigned,

    /// <summary>The proof did not come: its agent is asked again.</summary>
    ProofWanted,

    /// <summary>
    /// The proof is here, and the miner lacks what it takes to judge it: it is judged when that is there.
    /// </summary>
    ProofUnjudged,

    /// <summary>The order is neither held nor on offer: it is given again.</summary>
    OrderLost,

    /// <summary>An operator wants the retry now, with the attempts counted from the start.</summary>
    OperatorRetry,
}
