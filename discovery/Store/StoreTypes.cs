namespace Federation.Discovery.Store;

/// <summary>One key with its value and revisions.</summary>
/// <param name="Key">UTF-8 key.</param>
/// <param name="Value">Value bytes, at most 16 KiB by our rule.</param>
/// <param name="CreateRevision">Revision of the key's creation.</param>
/// <param name="ModRevision">Revision of its last change.</param>
/// <param name="Version">Changes since creation; 1 at creation.</param>
/// <param name="LeaseId">Lease that it hangs on; 0 for none.</param>
public sealed record StoreEntry(
    string Key, ReadOnlyMemory<byte> Value, long CreateRevision, long ModRevision, long Version, long LeaseId);

/// <summary>What to read.</summary>
/// <param name="Key">A key, or a prefix.</param>
/// <param name="IsPrefix">True for all keys that begin with <paramref name="Key"/>.</param>
/// <param name="Revision">Revision to read at; 0 for the latest.</param>
/// <param name="KeysOnly">True to leave the values out.</param>
public sealed record RangeQuery(string Key, bool IsPrefix = false, long Revision = 0, bool KeysOnly = false);

/// <summary>A consistent range and the store's revision that it belongs to.</summary>
public sealed record RangeSnapshot(IReadOnlyList<StoreEntry> Entries, long Revision);

/// <summary>What a guard looks at.</summary>
public enum GuardTarget
{
    /// <summary>Changes since creation; 0 = the key does not exist.</summary>
    Version = 0,

    /// <summary>Revision of creation; 0 = the key does not exist.</summary>
    CreateRevision = 1,

    /// <summary>Revision of the last change; 0 = the key does not exist.</summary>
    ModRevision = 2,

    /// <summary>The value's bytes.</summary>
    Value = 3,

    /// <summary>The lease's id; 0 = none.</summary>
    Lease = 4,
}

/// <summary>How a guard compares.</summary>
public enum GuardRelation
{
    /// <summary>Equal.</summary>
    Equal = 0,

    /// <summary>Greater.</summary>
    Greater = 1,

    /// <summary>Less.</summary>
    Less = 2,

    /// <summary>Not equal.</summary>
    NotEqual = 3,
}

/// <summary>One condition of a transaction.</summary>
/// <param name="Key">Key that is looked at.</param>
/// <param name="Target">What of it.</param>
/// <param name="Relation">How it compares with the operand.</param>
/// <param name="Number">Operand for numeric targets.</param>
/// <param name="Value">Operand for <see cref="GuardTarget.Value"/>.</param>
public sealed record Guard(
    string Key, GuardTarget Target, GuardRelation Relation, long Number = 0, ReadOnlyMemory<byte> Value = default)
{
    /// <summary>The key does not exist.</summary>
    public static Guard Absent(string key) => new(key, GuardTarget.CreateRevision, GuardRelation.Equal);

    /// <summary>The key exists.</summary>
    public static Guard Exists(string key) => new(key, GuardTarget.CreateRevision, GuardRelation.Greater);

    /// <summary>The key was last changed at this revision.</summary>
    public static Guard Unchanged(string key, long modRevision) =>
        new(key, GuardTarget.ModRevision, GuardRelation.Equal, modRevision);

    /// <summary>The key hangs on this lease.</summary>
    public static Guard OnLease(string key, long leaseId) => new(key, GuardTarget.Lease, GuardRelation.Equal, leaseId);
}

/// <summary>One write (or read) of a transaction.</summary>
public abstract record StoreOp(string Key);

/// <summary>Writes a key.</summary>
public sealed record PutOp(string Key, ReadOnlyMemory<byte> Value, long LeaseId = 0) : StoreOp(Key);

/// <summary>Deletes a key, or all keys with the prefix.</summary>
public sealed record DeleteOp(string Key, bool IsPrefix = false) : StoreOp(Key);

/// <summary>Reads a key as of the transaction, so that a refused guard's cause comes back with the refusal.</summary>
public sealed record GetOp(string Key) : StoreOp(Key);

/// <summary>A guarded transaction: at most 128 operations.</summary>
public sealed record StoreTxn(
    IReadOnlyList<Guard> Guards, IReadOnlyList<StoreOp> Then, IReadOnlyList<StoreOp> Else);

/// <summary>What became of a transaction.</summary>
/// <param name="Succeeded">Whether all guards held.</param>
/// <param name="Revision">The store's revision after it.</param>
/// <param name="Reads">One entry per <see cref="GetOp"/> of the branch taken, in order; null = no such key.</param>
public sealed record TxnOutcome(bool Succeeded, long Revision, IReadOnlyList<StoreEntry?> Reads);

/// <summary>What to follow: from <paramref name="FromRevision"/> on, inclusive; 0 = from now.</summary>
public sealed record WatchQuery(string Key, bool IsPrefix, long FromRevision = 0);

/// <summary>One change; a deletion has only key and revision.</summary>
public sealed record WatchChange(bool IsDelete, StoreEntry Entry);

/// <summary>All changes of one or more whole revisions.</summary>
/// <param name="Changes">Changes in revision order; empty for a progress mark.</param>
/// <param name="Revision">Everything up to this revision has been delivered.</param>
public sealed record WatchBatch(IReadOnlyList<WatchChange> Changes, long Revision);
