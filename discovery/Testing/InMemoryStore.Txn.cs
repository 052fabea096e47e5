using Federation.Discovery.Store;

namespace Federation.Discovery.Testing;

public sealed partial class InMemoryStore
{
    private TxnOutcome Apply(StoreTxn txn)
    {
        RequireLegal(txn);
        lock (_lock)
        {
            var holds = txn.Guards.All(Holds);
            var ops = holds ? txn.Then : txn.Else;
            RequireLeases(ops);
            var reads = new List<StoreEntry?>();
            var changed = false;
            foreach (var op in ops)
            {
                changed |= ApplyOp(op, reads);
            }

            if (changed)
            {
                _revision++;
                _watchers.ForEach(static watcher => watcher.Signal());
            }

            return new TxnOutcome(holds, _revision, reads);
        }
    }

    /// <summary>Applies one operation at the revision to come; true when it changed something.</summary>
    private bool ApplyOp(StoreOp op, List<StoreEntry?> reads)
    {
        switch (op)
        {
            case GetOp:
                reads.Add(_entries.GetValueOrDefault(op.Key));
                return false;
            case PutOp put:
                Put(put);
                return true;
            case DeleteOp delete:
                return Delete(delete);
            default:
                throw new ArgumentException($"Unknown operation {op.GetType().Name}.", nameof(op));
        }
    }

    private void Put(PutOp put)
    {
        var revision = _revision + 1;
        var old = _entries.GetValueOrDefault(put.Key);
        var entry = new StoreEntry(
            put.Key, put.Value.ToArray(), old?.CreateRevision ?? revision, revision, (old?.Version ?? 0) + 1,
            put.LeaseId);
        _entries[put.Key] = entry;
        _history.Add((revision, new WatchChange(false, entry)));
    }

    private bool Delete(DeleteOp delete)
    {
        string[] keys = [.. _entries.Keys.Where(key => Matches(key, delete.Key, delete.IsPrefix))];
        foreach (var key in keys)
        {
            _entries.Remove(key);
            _history.Add((_revision + 1, new WatchChange(true, new StoreEntry(key, default, 0, _revision + 1, 0, 0))));
        }

        return keys.Length > 0;
    }

    private void RequireLeases(IReadOnlyList<StoreOp> ops)
    {
        foreach (var put in ops.OfType<PutOp>())
        {
            if (put.LeaseId != 0 && !_leases.ContainsKey(put.LeaseId))
            {
                throw new LeaseNotFoundException(put.LeaseId);
            }
        }
    }

    private bool Holds(Guard guard)
    {
        var entry = _entries.GetValueOrDefault(guard.Key);
        if (guard.Target == GuardTarget.Value)
        {
            // As etcd: a value guard on a key that does not exist never holds, whatever the relation.
            return entry is not null && Relates(entry.Value.Span.SequenceCompareTo(guard.Value.Span), guard.Relation);
        }

        var number = guard.Target switch
        {
            GuardTarget.Version => entry?.Version,
            GuardTarget.CreateRevision => entry?.CreateRevision,
            GuardTarget.ModRevision => entry?.ModRevision,
            GuardTarget.Lease => entry?.LeaseId,
            _ => throw new ArgumentException($"Unknown target {guard.Target}.", nameof(guard)),
        };
        return Relates((number ?? 0).CompareTo(guard.Number), guard.Relation);
    }

    private static bool Relates(int comparison, GuardRelation relation) => relation switch
    {
        GuardRelation.Equal => comparison == 0,
        GuardRelation.Greater => comparison > 0,
        GuardRelation.Less => comparison < 0,
        GuardRelation.NotEqual => comparison != 0,
        _ => throw new ArgumentException($"Unknown relation {relation}.", nameof(relation)),
    };

    private static void RequireLegal(StoreTxn txn)
    {
        if (Math.Max(txn.Guards.Count, Math.Max(txn.Then.Count, txn.Else.Count)) > MaxOpsPerTxn)
        {
            throw new ArgumentException(
                $"Too many operations in one transaction (at most {MaxOpsPerTxn}).", nameof(txn));
        }

        RequireNoDuplicate(txn.Then);
        RequireNoDuplicate(txn.Else);
    }

    private static void RequireNoDuplicate(IReadOnlyList<StoreOp> ops)
    {
        var puts = ops.OfType<PutOp>().Select(static put => put.Key).ToArray();
        var isTwice = puts.Length != puts.Distinct(StringComparer.Ordinal).Count()
            || ops.OfType<DeleteOp>().Any(delete => puts.Any(put => Matches(put, delete.Key, delete.IsPrefix)));
        if (isTwice)
        {
            throw new ArgumentException("Duplicate key given in one transaction.", nameof(ops));
        }
    }
}
