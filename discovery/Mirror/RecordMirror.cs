using System.Runtime.CompilerServices;
using Federation.Discovery.Store;
using Google.Protobuf;

namespace Federation.Discovery.Mirror;

/// <summary>
/// Follows the records under a prefix: a snapshot, then every change in revision order. After compaction, and now and
/// then anyway, a snapshot again, which the consumer reconciles with; so an event that a faulty server swallowed is
/// made good within <see cref="RelistInterval"/>. Each enumeration is independent; the object itself has no state.
/// </summary>
/// <typeparam name="T">The records' message.</typeparam>
/// <param name="store">The store.</param>
/// <param name="prefix">Prefix of the keys, or one key when <paramref name="isPrefix"/> is false.</param>
/// <param name="time">Clock of back-off and re-listing.</param>
/// <param name="isPrefix">False to follow one key only.</param>
public sealed class RecordMirror<T>(IStore store, string prefix, TimeProvider? time = null, bool isPrefix = true)
    where T : class, IMessage<T>, new()
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// How often everything is listed again, at most; 10 min unless set, plus or minus a quarter by chance.
    /// </summary>
    public TimeSpan RelistInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Source of the jitter of back-off and re-listing; the shared one unless set.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>
    /// Follows until the token is cancelled, then throws <see cref="OperationCanceledException"/>. An unreachable
    /// store is waited for with back-off (50 ms to 5 s).
    /// </summary>
    public async IAsyncEnumerable<MirrorEvent<T>> FollowAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var listed = await ListAsync(cancellationToken);
            yield return Readable(listed, out var invalid);
            foreach (var unreadable in invalid)
            {
                yield return unreadable;
            }

            await foreach (var change in ChangesAfterAsync(listed.Revision, cancellationToken))
            {
                yield return change;
            }
        }
    }

    private async IAsyncEnumerable<MirrorEvent<T>> ChangesAfterAsync(
        long revision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var relist = new CancellationTokenSource(NextInterval(), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(relist.Token, cancellationToken);
        var query = new WatchQuery(prefix, isPrefix, revision + 1);
        await using var batches = store.WatchAsync(query, both.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(batches, cancellationToken))
        {
            foreach (var change in batches.Current.Changes)
            {
                yield return Read(change);
            }
        }
    }

    /// <summary>False when it is time to list again.</summary>
    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<WatchBatch> batches, CancellationToken caller)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (CompactedException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<RangeSnapshot> ListAsync(CancellationToken cancellationToken)
    {
        for (var backoff = new Backoff(_time, Random); ;)
        {
            try
            {
                return await store.RangeAsync(new RangeQuery(prefix, isPrefix), cancellationToken);
            }
            catch (Exception e) when (e is StoreUnavailableException or CompactedException)
            {
                await backoff.WaitAsync(cancellationToken);
            }
        }
    }

    private static MirrorEvent<T>.Snapshot Readable(RangeSnapshot listed, out List<MirrorEvent<T>.Invalid> invalid)
    {
        var entries = new Dictionary<string, Versioned<T>>(listed.Entries.Count, StringComparer.Ordinal);
        invalid = [];
        foreach (var entry in listed.Entries)
        {
            try
            {
                entries.Add(entry.Key, Versioned.From<T>(entry));
            }
            catch (InvalidRecordException e)
            {
                invalid.Add(new MirrorEvent<T>.Invalid(entry.Key, e.Reason));
            }
        }

        return new MirrorEvent<T>.Snapshot(entries, listed.Revision);
    }

    private static MirrorEvent<T> Read(WatchChange change)
    {
        if (change.IsDelete)
        {
            return new MirrorEvent<T>.Deleted(change.Entry.Key, change.Entry.ModRevision);
        }

        try
        {
            return new MirrorEvent<T>.Changed(change.Entry.Key, Versioned.From<T>(change.Entry));
        }
        catch (InvalidRecordException e)
        {
            return new MirrorEvent<T>.Invalid(change.Entry.Key, e.Reason);
        }
    }

    private TimeSpan NextInterval() => RelistInterval * (0.75 + (Random.NextDouble() / 2));
}
