using Google.Protobuf;

namespace Federation.Discovery.Embedded.Leases;

/// <summary>
/// The leases, their keys and when they end, by the monotonic clock. Not thread-safe: its owner locks.
/// </summary>
internal sealed class LeaseTable(TimeProvider time)
{
    private readonly Dictionary<long, Entry> _leases = [];

    public IEnumerable<Entry> All => _leases.Values;

    public Entry? Find(long id) => _leases.GetValueOrDefault(id);

    public Entry Grant(long id, long ttlSeconds)
    {
        var entry = new Entry(id, ttlSeconds);
        _leases.Add(id, entry);
        Renew(entry);
        return entry;
    }

    public void Renew(Entry lease) =>
        lease.Deadline = time.GetTimestamp() + (lease.TtlSeconds * time.TimestampFrequency);

    /// <summary>Time until the lease ends; negative when it should have.</summary>
    public TimeSpan Remaining(Entry lease) => time.GetElapsedTime(time.GetTimestamp(), lease.Deadline);

    public void Remove(long id) => _leases.Remove(id);

    public void Attach(long id, ByteString key) => _leases.GetValueOrDefault(id)?.Keys.Add(key);

    public void Detach(long id, ByteString key) => _leases.GetValueOrDefault(id)?.Keys.Remove(key);

    /// <summary>Leases whose time is over, those first that ended first.</summary>
    public IReadOnlyList<Entry> Expired()
    {
        var now = time.GetTimestamp();
        return [.. _leases.Values.Where(lease => lease.Deadline <= now).OrderBy(static lease => lease.Deadline)];
    }

    internal sealed class Entry(long id, long ttlSeconds)
    {
        public long Id { get; } = id;

        public long TtlSeconds { get; } = ttlSeconds;

        public long Deadline { get; set; }

        public HashSet<ByteString> Keys { get; } = [];
    }
}
