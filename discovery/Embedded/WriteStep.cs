using Federation.Discovery.Embedded.Leases;
using Federation.Discovery.Embedded.Log;
using Federation.Discovery.Embedded.Mvcc;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Embedded;

/// <summary>
/// One write on its way: changes are visible to its own reads at once, and become one revision at the end. Whatever
/// may be refused has been checked before the first change.
/// </summary>
internal sealed class WriteStep(StoreState state)
{
    private readonly List<Event> _changes = [];
    private readonly LogRecord _record = new();

    public StoreState State { get; } = state;

    /// <summary>Whether anything was changed so far.</summary>
    public bool HasChanges => _changes.Count > 0;

    /// <summary>The revision that reads of this step see.</summary>
    public long Revision => State.Keys.Revision + (HasChanges ? 1 : 0);

    private long Next => State.Keys.Revision + 1;

    /// <summary>Writes a key; returns what it was before.</summary>
    public KeyValue? Put(ByteString key, ByteString value, long lease)
    {
        var old = State.Keys.Get(key, Next);
        var kv = new KeyValue
        {
            Key = key,
            Value = value,
            CreateRevision = old?.CreateRevision ?? Next,
            ModRevision = Next,
            Version = (old?.Version ?? 0) + 1,
            Lease = lease,
        };
        Add(new Event { Type = Event.Types.EventType.Put, Kv = kv });
        return old;
    }

    /// <summary>Deletes a key that exists.</summary>
    public void Delete(ByteString key) =>
        Add(new Event { Type = Event.Types.EventType.Delete, Kv = new KeyValue { Key = key, ModRevision = Next } });

    /// <summary>Creates a lease.</summary>
    public void Grant(long id, long ttlSeconds)
    {
        State.Leases.Grant(id, ttlSeconds);
        _record.Granted = new LeaseGrant { Id = id, TtlSeconds = ttlSeconds };
    }

    /// <summary>Ends a lease: its keys go, in key order, as one revision.</summary>
    public void Revoke(LeaseTable.Entry lease)
    {
        foreach (var key in lease.Keys.Order(Comparer<ByteString>.Create(KeyOrder.Compare)).ToArray())
        {
            Delete(key);
        }

        State.Leases.Remove(lease.Id);
        _record.Revoked = lease.Id;
    }

    /// <summary>Drops history.</summary>
    public void Compact(long revision)
    {
        State.Keys.Compact(revision);
        _record.Compacted = revision;
    }

    /// <summary>What goes into the log; null when nothing happened.</summary>
    public LogRecord? Finish()
    {
        if (HasChanges)
        {
            State.Keys.Commit([.. _changes]);
            _record.Changes.AddRange(_changes);
        }

        return HasChanges || _record.Granted is not null || _record.Revoked != 0 || _record.Compacted != 0
            ? _record
            : null;
    }

    private void Add(Event change)
    {
        State.Stage(change);
        _changes.Add(change);
    }
}
