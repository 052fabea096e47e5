using Federation.Discovery.Embedded.Leases;
using Federation.Discovery.Embedded.Log;
using Federation.Discovery.Embedded.Mvcc;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Embedded;

/// <summary>
/// All that the store knows, in memory. Everything that changes it is a <see cref="LogRecord"/>, made by a
/// <see cref="WriteStep"/> or read from disk, so a restart arrives at the same state. Not thread-safe: its owner locks.
/// </summary>
internal sealed class StoreState(TimeProvider time)
{
    public MvccState Keys { get; } = new();

    public LeaseTable Leases { get; } = new(time);

    public Identity? Identity { get; set; }

    /// <summary>Makes one change visible and moves the key between leases.</summary>
    public void Stage(Event change)
    {
        var key = change.Kv.Key;
        if (Keys.Get(key, long.MaxValue) is { Lease: not 0 } old)
        {
            Leases.Detach(old.Lease, key);
        }

        if (change.Kv.Lease != 0)
        {
            Leases.Attach(change.Kv.Lease, key);
        }

        Keys.Stage(change);
    }

    /// <summary>Applies a record that was read from disk.</summary>
    /// <exception cref="InvalidDataException">It does not follow what came before.</exception>
    public void Replay(LogRecord record)
    {
        Identity = record.Identity ?? Identity;
        if (record.Granted is { } granted)
        {
            Leases.Grant(granted.Id, granted.TtlSeconds);
        }

        if (record.Changes.Count > 0)
        {
            ReplayChanges([.. record.Changes]);
        }

        if (record.Revoked != 0)
        {
            Leases.Remove(record.Revoked);
        }

        if (record.Compacted != 0)
        {
            Keys.Compact(record.Compacted);
        }
    }

    /// <summary>Takes over one part of a snapshot, in the order in which they were written.</summary>
    /// <exception cref="InvalidDataException">It does not follow what came before.</exception>
    public void Replay(SnapshotPart part)
    {
        if (part.Header is { } header)
        {
            Identity = header.Identity;
            Keys.Restore(header.Compacted, header.FirstInHistory);
        }

        foreach (var lease in part.Leases)
        {
            Leases.Grant(lease.Id, lease.TtlSeconds);
        }

        foreach (var version in part.Base)
        {
            Stage(version);
        }

        foreach (var revision in part.History.GroupBy(static change => change.Kv.ModRevision))
        {
            ReplayChanges([.. revision]);
        }
    }

    private void ReplayChanges(Event[] changes)
    {
        if (changes[0].Kv.ModRevision != Keys.Revision + 1)
        {
            throw new InvalidDataException(
                $"revision {changes[0].Kv.ModRevision} follows revision {Keys.Revision}");
        }

        foreach (var change in changes)
        {
            Stage(change);
        }

        Keys.Commit(changes);
    }
}
