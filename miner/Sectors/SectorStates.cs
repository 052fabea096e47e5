using System.Collections.Frozen;

namespace Federation.Miner.Sectors;

/// <summary>
/// Lotus's names of sector states. Those without a constant are known, and can be forced, but nothing drives them.
/// </summary>
public static class SectorStates
{
    /// <summary>An agent packs pieces (AP).</summary>
    public const string Packing = "Packing";

    /// <summary>A ticket is drawn from the chain.</summary>
    public const string GetTicket = "GetTicket";

    /// <summary>An agent runs PC1.</summary>
    public const string PreCommit1 = "PreCommit1";

    /// <summary>An agent runs PC2.</summary>
    public const string PreCommit2 = "PreCommit2";

    /// <summary>The pre-commit message is signed and pushed.</summary>
    public const string SubmitPreCommitBatch = "SubmitPreCommitBatch";

    /// <summary>The pre-commit message is on its way into a block.</summary>
    public const string PreCommitBatchWait = "PreCommitBatchWait";

    /// <summary>The seed's epoch is awaited.</summary>
    public const string WaitSeed = "WaitSeed";

    /// <summary>An agent runs C1, and its proof arrives and is verified.</summary>
    public const string Committing = "Committing";

    /// <summary>The commit message is signed and pushed.</summary>
    public const string SubmitCommitAggregate = "SubmitCommitAggregate";

    /// <summary>The commit message is on its way into a block.</summary>
    public const string CommitAggregateWait = "CommitAggregateWait";

    /// <summary>An agent clears the cache (FIN).</summary>
    public const string FinalizeSector = "FinalizeSector";

    /// <summary>Done: the sector is on chain and its files are final.</summary>
    public const string Proving = "Proving";

    /// <summary>AP failed.</summary>
    public const string AddPieceFailed = "AddPieceFailed";

    /// <summary>PC1 failed, or has to be done again.</summary>
    public const string SealPreCommit1Failed = "SealPreCommit1Failed";

    /// <summary>PC2 failed.</summary>
    public const string SealPreCommit2Failed = "SealPreCommit2Failed";

    /// <summary>The pre-commit message failed, or was not seen in time.</summary>
    public const string PreCommitFailed = "PreCommitFailed";

    /// <summary>C1 failed, or its proof did not come or is not valid.</summary>
    public const string ComputeProofFailed = "ComputeProofFailed";

    /// <summary>The commit message failed, or was not seen in time.</summary>
    public const string CommitFailed = "CommitFailed";

    /// <summary>FIN failed.</summary>
    public const string FinalizeFailed = "FinalizeFailed";

    /// <summary>Nothing that a retry could mend.</summary>
    public const string FailedUnrecoverable = "FailedUnrecoverable";

    /// <summary>An agent deletes the sector's files.</summary>
    public const string Removing = "Removing";

    /// <summary>The files could not be deleted.</summary>
    public const string RemoveFailed = "RemoveFailed";

    /// <summary>Gone; its number is not used again.</summary>
    public const string Removed = "Removed";

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        Packing, GetTicket, PreCommit1, PreCommit2, SubmitPreCommitBatch, PreCommitBatchWait, WaitSeed, Committing,
        SubmitCommitAggregate, CommitAggregateWait, FinalizeSector, Proving, AddPieceFailed, SealPreCommit1Failed,
        SealPreCommit2Failed, PreCommitFailed, ComputeProofFailed, CommitFailed, FinalizeFailed, FailedUnrecoverable,
        Removing, RemoveFailed, Removed,
        "Empty", "WaitDeals", "AddPiece", "PreCommitting", "PreCommitWait", "CommitFinalize", "SubmitCommit",
        "CommitWait", "Available", "ReceiveSector", "SnapDealsWaitDeals", "SnapDealsAddPiece", "SnapDealsPacking",
        "UpdateReplica", "ProveReplicaUpdate", "FinalizeReplicaUpdate", "SubmitReplicaUpdate", "WaitMutable",
        "ReplicaUpdateWait", "UpdateActivating", "ReleaseSectorKey", "RemoteCommitFailed", "CommitFinalizeFailed",
        "PackingFailed", "DealsExpired", "RecoverDealIDs", "SnapDealsAddPieceFailed", "SnapDealsDealsExpired",
        "SnapDealsRecoverDealIDs", "ReplicaUpdateFailed", "ReleaseSectorKeyFailed", "FinalizeReplicaUpdateFailed",
        "AbortUpgrade", "Faulty", "FaultReported", "FaultedFinal", "Terminating", "TerminateWait", "TerminateFinality",
        "TerminateFailed",
    ]);

    /// <summary>Every valid name, sorted.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Order(StringComparer.Ordinal)];

    /// <summary>True for Lotus's names.</summary>
    public static bool IsValid(string state) => Known.Contains(state);
}
