using Federation.Discovery.Store;

namespace Federation.Discovery.Jobs;

public sealed partial class JobBoard
{
    /// <summary>
    /// Applies a change as one transaction and, when the reply is lost, finds out by reading back. For that the change
    /// should write a record that only this miner writes (its sector's), or guard one by revision.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Certainly not applied.</exception>
    /// <exception cref="OutcomeUnknownException">
    /// The reply was lost and what the change wrote has been overwritten since by others, so it cannot be told.
    /// </exception>
    public async Task<CommitResult> CommitAsync(JobChange change, CancellationToken cancellationToken)
    {
        var puts = change.Ops.OfType<PutOp>().ToArray();
        var txn = Txn(change, [.. puts.Select(static put => new GetOp(put.Key))]);
        try
        {
            var outcome = await Store.TxnAsync(txn, cancellationToken);
            return new CommitResult(outcome.Succeeded, outcome.Revision);
        }
        catch (OutcomeUnknownException)
        {
            return await ReadBackAsync(change, puts, txn, cancellationToken);
        }
    }

    private async Task<CommitResult> ReadBackAsync(
        JobChange change, PutOp[] puts, StoreTxn txn, CancellationToken cancellationToken)
    {
        var outcome = await SettleAsync(txn, cancellationToken, isUnknown: true);
        if (outcome.Succeeded)
        {
            return new CommitResult(true, outcome.Revision);
        }

        var pairs = puts.Zip(outcome.Reads).ToArray();
        var ours = pairs.Where(pair => IsMinersOwn(pair.First.Key)).ToArray();
        var written = (ours.Length > 0 ? ours : pairs)
            .FirstOrDefault(pair => IsWritten(change, pair.First, pair.Second));
        if (written.Second is { } entry)
        {
            return new CommitResult(true, entry.ModRevision);
        }

        return ours.Length > 0 || puts.Length == 0
            ? new CommitResult(false, outcome.Revision)
            : throw new OutcomeUnknownException(
                "The reply to a transaction was lost, and what it wrote has been overwritten since.");
    }

    /// <summary>
    /// Nobody but this miner writes there, so what is there tells whether the transaction was applied.
    /// </summary>
    private bool IsMinersOwn(string key) => key.StartsWith(Keys.Sectors, StringComparison.Ordinal);

    /// <summary>The key holds our bytes, and holds them since after the revision that we guarded it by.</summary>
    private static bool IsWritten(JobChange change, PutOp put, StoreEntry? now) =>
        now is not null
        && now.Value.Span.SequenceEqual(put.Value.Span)
        && now.ModRevision > GuardedRevision(change, put.Key);

    private static long GuardedRevision(JobChange change, string key) =>
        change.Guards
            .Where(guard => guard.Key == key && guard.Target == GuardTarget.ModRevision)
            .Select(static guard => guard.Number)
            .FirstOrDefault();
}
