using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Federation.Discovery.Store;

namespace Federation.Discovery.Testing;

/// <summary>
/// The store's contract in memory, for tests: revisions, guards, history, watches and leases as etcd has them. Written
/// apart from the embedded store, so that the conformance suite compares two readings of the contract. Thread-safe.
/// </summary>
/// <remarks>
/// Leases live until they are disposed, unless a test takes their keepalive away with
/// <see cref="StopKeepAlive"/>; from then on their end follows the clock.
/// </remarks>
public sealed partial class InMemoryStore(TimeProvider? time = null) : IStore
{
    /// <summary>As etcd: operations of one transaction.</summary>
    public const int MaxOpsPerTxn = 128;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoreEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<(long Revision, WatchChange Change)> _history = [];
    private readonly List<Watcher> _watchers = [];
    private long _revision = 1;
    private long _compacted;

    /// <summary>Asked before each transaction; tests decide what happens to it.</summary>
    public Func<StoreTxn, TxnFault>? OnTxn { get; set; }

    /// <summary>
    /// While true, nothing is reached: reads and writes fail, watches stand still and catch up later.
    /// </summary>
    public bool IsCutOff
    {
        get => _isCutOff;
        set
        {
            lock (_lock)
            {
                _isCutOff = value;
                _watchers.ForEach(watcher => watcher.Signal());
            }
        }
    }

    private volatile bool _isCutOff;

    /// <summary>The present revision.</summary>
    public long Revision
    {
        get
        {
            lock (_lock)
            {
                return _revision;
            }
        }
    }

    /// <inheritdoc/>
    public Task<RangeSnapshot> RangeAsync(RangeQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfCutOff();
        lock (_lock)
        {
            if (query.Revision > _revision)
            {
                throw new ArgumentException($"Revision {query.Revision} is in the future.", nameof(query));
            }

            var entries = query.Revision is 0 || query.Revision == _revision ? _entries : At(query.Revision);
            var found = entries.Values.Where(entry => Matches(entry.Key, query.Key, query.IsPrefix));
            var read = query.KeysOnly ? found.Select(static entry => entry with { Value = default }) : found;
            return Task.FromResult(new RangeSnapshot([.. read], _revision));
        }
    }

    /// <inheritdoc/>
    public Task<TxnOutcome> TxnAsync(StoreTxn txn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfCutOff();
        var fault = OnTxn?.Invoke(txn) ?? TxnFault.None;
        switch (fault)
        {
            case TxnFault.Unavailable:
                throw new StoreUnavailableException("The store is not reached (test).");
            case TxnFault.RequestLost:
                throw new OutcomeUnknownException("The request was lost (test).");
            default:
                var outcome = Apply(txn);
                return fault == TxnFault.ReplyLost
                    ? throw new OutcomeUnknownException("The reply was lost (test).")
                    : Task.FromResult(outcome);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchBatch> WatchAsync(
        WatchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new Watcher();
        long next;
        lock (_lock)
        {
            next = query.FromRevision > 0 ? query.FromRevision : _revision + 1;
            _watchers.Add(watcher);
        }

        try
        {
            while (true)
            {
                if (!IsCutOff && TakeBatch(query, ref next) is { } batch)
                {
                    yield return batch;
                }

                await watcher.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    /// <inheritdoc/>
    public Task CompactAsync(long revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfCutOff();
        lock (_lock)
        {
            if (revision > _revision)
            {
                throw new ArgumentException($"Revision {revision} is in the future.", nameof(revision));
            }

            _compacted = Math.Max(_compacted, revision);
            return Task.CompletedTask;
        }
    }

    /// <summary>All keys with their values as text, in key order, to assert on.</summary>
    public IReadOnlyDictionary<string, string> Dump()
    {
        lock (_lock)
        {
            return _entries.ToDictionary(
                static pair => pair.Key, static pair => System.Text.Encoding.UTF8.GetString(pair.Value.Value.Span));
        }
    }

    private static bool Matches(string key, string wanted, bool isPrefix) =>
        isPrefix ? key.StartsWith(wanted, StringComparison.Ordinal) : key == wanted;

    private void ThrowIfCutOff()
    {
        if (IsCutOff)
        {
            throw new StoreUnavailableException("The store is not reached (test).");
        }
    }

    /// <summary>
    /// Everything from <paramref name="next"/> to now that the watch wants; null when nothing is new.
    /// </summary>
    private WatchBatch? TakeBatch(WatchQuery query, ref long next)
    {
        lock (_lock)
        {
            // As etcd: the compacted revision itself can still be asked for.
            if (next < _compacted)
            {
                throw new CompactedException(_compacted);
            }

            var from = next;
            var changes = _history
                .Where(item => item.Revision >= from && Matches(item.Change.Entry.Key, query.Key, query.IsPrefix))
                .Select(static item => item.Change)
                .ToArray();
            next = Math.Max(next, _revision + 1);
            return changes.Length == 0 ? null : new WatchBatch(changes, _revision);
        }
    }

    /// <summary>The keys as they were: history applied from the beginning, which a fake can afford.</summary>
    private SortedDictionary<string, StoreEntry> At(long revision)
    {
        if (revision < _compacted)
        {
            throw new CompactedException(_compacted);
        }

        var entries = new SortedDictionary<string, StoreEntry>(StringComparer.Ordinal);
        foreach (var (_, change) in _history.TakeWhile(item => item.Revision <= revision))
        {
            if (change.IsDelete)
            {
                entries.Remove(change.Entry.Key);
            }
            else
            {
                entries[change.Entry.Key] = change.Entry;
            }
        }

        return entries;
    }

    private sealed class Watcher
    {
        private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Signal() => _signal.Writer.TryWrite(true);

        public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
            _signal.Reader.ReadAsync(cancellationToken);
    }
}
