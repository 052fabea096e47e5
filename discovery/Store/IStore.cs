namespace Federation.Discovery.Store;

/// <summary>
/// The shared store: ordered keys with revisions, guarded transactions, leases and watches (etcd's model).
/// Every member is linearizable except <see cref="WatchAsync"/>, which delivers all changes of its range in revision
/// order, none twice. Thread-safe.
/// </summary>
public interface IStore
{
    /// <summary>
    /// Reads a range, in key order. Pages are fetched at one pinned revision, so the result is one consistent snapshot.
    /// </summary>
    /// <exception cref="StoreUnavailableException">No endpoint answered: nothing is known about the range.</exception>
    /// <exception cref="CompactedException">The pinned revision has been compacted.</exception>
    Task<RangeSnapshot> RangeAsync(RangeQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Applies one guarded transaction, atomically: <see cref="StoreTxn.Then"/> when every guard holds, else
    /// <see cref="StoreTxn.Else"/>.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Certainly not applied.</exception>
    /// <exception cref="OutcomeUnknownException">Perhaps applied: read back, never repeat blindly.</exception>
    Task<TxnOutcome> TxnAsync(StoreTxn txn, CancellationToken cancellationToken);

    /// <summary>
    /// Follows a range from a revision on. Survives loss of a connection by resuming after the last revision seen.
    /// Ends only by its token or by <see cref="CompactedException"/>, after which the caller lists and watches anew.
    /// </summary>
    IAsyncEnumerable<WatchBatch> WatchAsync(WatchQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Grants a lease and keeps it alive until it is disposed (which revokes it) or lost.
    /// <see cref="ILease.Lost"/> fires at 2/3 of the TTL without an answer, by the local monotonic clock.
    /// </summary>
    Task<ILease> GrantLeaseAsync(TimeSpan timeToLive, CancellationToken cancellationToken);

    /// <summary>Drops history before a revision. Idempotent.</summary>
    Task CompactAsync(long revision, CancellationToken cancellationToken);
}
