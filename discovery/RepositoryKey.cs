using Federation.Discovery.Store;
using Google.Protobuf;

namespace Federation.Discovery;

/// <summary>
/// A leased key that belongs to one repository: taken when absent or our own, never from another. The repository's
/// exclusive lock is what makes replacing our own key safe.
/// </summary>
internal sealed class RepositoryKey<T>(
    IStore store, Func<T, string> repositoryOf, TimeProvider? time, Random? random = null)
    where T : class, IMessage<T>, new()
{
    /// <summary>Who has the key: us, or another.</summary>
    internal sealed record Taken(Versioned<T>? Mine, Versioned<T>? Other);

    public Task<Taken> TakeAsync(string key, T record, ILease lease, CancellationToken cancellationToken) =>
        TakeAsync(
            key, _ => (record, []), static () => Task.CompletedTask, repositoryOf(record), lease, cancellationToken);

    /// <summary>
    /// Takes the key with a record and further writes made from what is there now; a lost reply is read back.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="make">Makes the record from the one that is there.</param>
    /// <param name="prepare">Reads what <paramref name="make"/> needs; called before each attempt.</param>
    /// <param name="repository">Ours.</param>
    /// <param name="lease">What the record hangs on.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public async Task<Taken> TakeAsync(
        string key,
        Func<Versioned<T>?, (T Record, IReadOnlyList<(Guard Guard, StoreOp Op)> More)> make,
        Func<Task> prepare,
        string repository,
        ILease lease,
        CancellationToken cancellationToken)
    {
        for (var backoff = NewBackoff(); ;)
        {
            await prepare();
            var present = await ReadAsync(key, cancellationToken);
            if (present is not null && repositoryOf(present.Record) != repository)
            {
                return new Taken(null, present);
            }

            var (record, more) = make(present);
            var bytes = RecordBytes.Write(key, record, present?.Original ?? default);
            if (present is not null && present.LeaseId == lease.Id && present.Original.Span.SequenceEqual(bytes.Span))
            {
                return new Taken(present, null);
            }

            var put = new PutOp(key, bytes, lease.Id);
            var guard = present?.Unchanged ?? Guard.Absent(key);
            var txn = new StoreTxn([guard, .. more.Select(m => m.Guard)], [put, .. more.Select(m => m.Op)], []);
            if (await TryApplyAsync(txn, cancellationToken) is { Succeeded: true } outcome)
            {
                return new Taken(new Versioned<T>(key, record, outcome.Revision, lease.Id, bytes), null);
            }

            await backoff.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Replaces our record; null when it is no longer ours on this lease.</summary>
    public async Task<Versioned<T>?> ReplaceAsync(
        Versioned<T> seen, T next, ILease lease, CancellationToken cancellationToken)
    {
        var put = seen.Put(next, lease.Id);
        Guard[] guards = [seen.Unchanged, Guard.OnLease(seen.Key, lease.Id)];
        for (var backoff = NewBackoff(); ; await backoff.WaitAsync(cancellationToken))
        {
            if (await TryApplyAsync(new StoreTxn(guards, [put], []), cancellationToken) is { } outcome)
            {
                if (outcome.Succeeded)
                {
                    return new Versioned<T>(seen.Key, next, outcome.Revision, lease.Id, put.Value);
                }

                var now = await ReadAsync(seen.Key, cancellationToken);
                return now?.LeaseId == lease.Id && now.Original.Span.SequenceEqual(put.Value.Span) ? now : null;
            }
        }
    }

    /// <summary>Null when the reply was lost; what is there shows then.</summary>
    private async Task<TxnOutcome?> TryApplyAsync(StoreTxn txn, CancellationToken cancellationToken)
    {
        try
        {
            return await store.TxnAsync(txn, cancellationToken);
        }
        catch (OutcomeUnknownException)
        {
            return null;
        }
    }

    private async Task<Versioned<T>?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var listed = await store.RangeAsync(new RangeQuery(key), cancellationToken);
        return listed.Entries.Count == 0 ? null : Versioned.From<T>(listed.Entries[0]);
    }

    private Backoff NewBackoff() => new(time ?? TimeProvider.System, random);
}
