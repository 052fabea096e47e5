using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Embedded.Mvcc;

/// <summary>
/// The keys with their revisions, in memory. Not thread-safe: its owner locks. Values are never changed once they are
/// in, so whatever was read stays as it was.
/// </summary>
internal sealed class MvccState
{
    private readonly Dictionary<ByteString, KeyHistory> _keys = [];
    private readonly SortedSet<KeyHistory> _order = new(KeyOrder.Instance);
    private readonly List<Event[]> _history = [];
    private long _firstInHistory = 2;

    /// <summary>The newest revision; an empty store is at 1, as etcd's is.</summary>
    public long Revision { get; private set; } = 1;

    /// <summary>
    /// What lies before this revision cannot be read any more. -1 when nothing was compacted, as in etcd, which takes
    /// a compaction at 0 once though it drops nothing.
    /// </summary>
    public long Compacted { get; private set; } = -1;

    public int KeyCount => _keys.Count;

    /// <summary>The key as of a revision that is not compacted.</summary>
    public KeyValue? Get(ByteString key, long revision) => _keys.GetValueOrDefault(key)?.At(revision);

    /// <summary>The keys of a range as of a revision, in key order.</summary>
    public IEnumerable<KeyValue> Range(KeyRange range, long revision)
    {
        if (range.IsSingle)
        {
            return Get(range.Start, revision) is { } single ? [single] : [];
        }

        return Within(range).Select(key => key.At(revision)).OfType<KeyValue>();
    }

    /// <summary>
    /// Makes one change visible at the revision to come; it belongs to it once <see cref="Commit"/> is called.
    /// </summary>
    public void Stage(Event change)
    {
        if (!_keys.TryGetValue(change.Kv.Key, out var key))
        {
            key = new KeyHistory(change.Kv.Key);
            _keys.Add(key.Key, key);
            _order.Add(key);
        }

        key.Add(change);
    }

    /// <summary>The staged changes become the next revision.</summary>
    public void Commit(Event[] changes)
    {
        Revision++;
        _history.Add(changes);
    }

    /// <summary>All changes of one revision; empty for one that is not in the history.</summary>
    public IReadOnlyList<Event> ChangesAt(long revision)
    {
        var index = revision - _firstInHistory;
        return index >= 0 && index < _history.Count ? _history[(int)index] : [];
    }

    /// <summary>
    /// Drops what was superseded before a revision; that revision itself stays readable and watchable.
    /// </summary>
    public void Compact(long revision)
    {
        Compacted = revision;
        foreach (var key in _order.ToArray())
        {
            key.Compact(revision);
            if (key.IsEmpty)
            {
                _keys.Remove(key.Key);
                _order.Remove(key);
            }
        }

        var drop = (int)Math.Clamp(revision - _firstInHistory, 0, _history.Count);
        _history.RemoveRange(0, drop);
        _firstInHistory += drop;
    }

    /// <summary>References to all that a snapshot holds; cheap, and unaffected by what happens after.</summary>
    public MvccImage Capture()
    {
        var older = _order
            .SelectMany(static key => key.Versions)
            .Where(version => version.Kv.ModRevision < _firstInHistory);
        return new MvccImage(Revision, Compacted, [.. older], [.. _history]);
    }

    /// <summary>Begins with what a snapshot says; versions and history follow.</summary>
    public void Restore(long compacted, long firstInHistory)
    {
        Compacted = compacted;
        _firstInHistory = firstInHistory;
        Revision = firstInHistory - 1;
    }

    /// <summary>
    /// The range's keys, in order; <see cref="SortedSet{T}.GetViewBetween"/> includes its upper bound.
    /// </summary>
    private IEnumerable<KeyHistory> Within(KeyRange range)
    {
        if (_order.Max is not { } greatest || KeyOrder.Compare(range.Start, greatest.Key) > 0)
        {
            return [];
        }

        var from = new KeyHistory(range.Start);
        if (range.IsOpenEnded)
        {
            return _order.GetViewBetween(from, greatest);
        }

        return KeyOrder.Compare(range.Start, range.End) >= 0
            ? []
            : _order.GetViewBetween(from, new KeyHistory(range.End)).Where(key => !key.Key.Equals(range.End));
    }
}
