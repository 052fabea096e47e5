using Federation.Discovery.Embedded.Mvcc;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Embedded;

/// <summary>What etcd refuses in requests before anything of them is applied.</summary>
internal static class TxnRules
{
    /// <summary>Refuses a put that contradicts itself.</summary>
    public static void Check(PutRequest put)
    {
        if (put.Key.IsEmpty)
        {
            throw EtcdErrors.KeyNotProvided();
        }

        if (put.IgnoreValue && !put.Value.IsEmpty)
        {
            throw EtcdErrors.ValueProvided();
        }

        if (put.IgnoreLease && put.Lease != 0)
        {
            throw EtcdErrors.LeaseProvided();
        }
    }

    /// <summary>Refuses a delete without a key.</summary>
    public static void Check(DeleteRangeRequest delete)
    {
        if (delete.Key.IsEmpty)
        {
            throw EtcdErrors.KeyNotProvided();
        }
    }

    /// <summary>Refuses a transaction that is too long, names no key, or writes a key twice.</summary>
    public static void Check(TxnRequest txn, int maxOps)
    {
        CheckParts(txn, maxOps, maxOps);
        CheckOnce(txn.Success);
        CheckOnce(txn.Failure);
    }

    private static void CheckParts(TxnRequest txn, int maxOps, int left)
    {
        var ops = Math.Max(txn.Compare.Count, Math.Max(txn.Success.Count, txn.Failure.Count));
        if (ops > left)
        {
            throw EtcdErrors.TooManyOps();
        }

        if (txn.Compare.Any(static compare => compare.Key.IsEmpty))
        {
            throw EtcdErrors.KeyNotProvided();
        }

        foreach (var op in txn.Success.Concat(txn.Failure))
        {
            CheckOp(op, maxOps, maxOps - ops);
        }
    }

    private static void CheckOp(RequestOp op, int maxOps, int left)
    {
        switch (op.RequestCase)
        {
            case RequestOp.RequestOneofCase.RequestRange:
                RangeReader.Check(op.RequestRange);
                break;
            case RequestOp.RequestOneofCase.RequestPut:
                Check(op.RequestPut);
                break;
            case RequestOp.RequestOneofCase.RequestDeleteRange:
                Check(op.RequestDeleteRange);
                break;
            case RequestOp.RequestOneofCase.RequestTxn:
                CheckParts(op.RequestTxn, maxOps, left);
                break;
            default:
                throw EtcdErrors.KeyNotFound();
        }
    }

    /// <summary>
    /// No key may be put twice, nor put and deleted, by what can be applied together: first this level's deletes count,
    /// then what nested transactions write, then this level's puts. The two branches of a nested transaction exclude
    /// each other, so they may write the same keys. One difference to etcd 3.4: a delete of everything from a key on
    /// counts as well. etcd overlooks it, and panics when such a transaction then keeps the value of a deleted key.
    /// </summary>
    private static (HashSet<ByteString> Puts, List<KeyRange> Deletes) CheckOnce(IEnumerable<RequestOp> ops)
    {
        var all = ops.ToArray();
        var puts = new HashSet<ByteString>();
        List<KeyRange> deletes = [.. all
            .Select(static op => op.RequestDeleteRange)
            .OfType<DeleteRangeRequest>()
            .Select(static delete => new KeyRange(delete.Key, delete.RangeEnd))];
        foreach (var nested in all.Select(static op => op.RequestTxn).OfType<TxnRequest>())
        {
            var (thenPuts, thenDeletes) = CheckOnce(nested.Success);
            var (elsePuts, elseDeletes) = CheckOnce(nested.Failure);
            elsePuts.ExceptWith(thenPuts);
            AddPuts(thenPuts, puts, deletes);
            AddPuts(elsePuts, puts, deletes);
            deletes.AddRange([.. thenDeletes, .. elseDeletes]);
        }

        AddPuts(all.Select(static op => op.RequestPut?.Key).OfType<ByteString>(), puts, deletes);
        return (puts, deletes);
    }

    private static void AddPuts(IEnumerable<ByteString> more, HashSet<ByteString> puts, List<KeyRange> deletes)
    {
        foreach (var key in more)
        {
            if (deletes.Exists(range => range.Contains(key)) || !puts.Add(key))
            {
                throw EtcdErrors.DuplicateKey();
            }
        }
    }
}
