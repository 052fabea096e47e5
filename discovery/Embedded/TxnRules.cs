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
    /// No key may be put twice, nor put and deleted, by what can be applied together. The two branches of a nested
    /// transaction exclude each other, so they may write the same keys.
    /// </summary>
    private static (HashSet<ByteString> Puts, List<KeyRange> Deletes) CheckOnce(IEnumerable<RequestOp> ops)
    {
        var puts = new HashSet<ByteString>();
        var deletes = new List<KeyRange>();
        foreach (var op in ops)
        {
            var (newPuts, newDeletes) = WrittenBy(op);
            if (newPuts.Any(puts.Contains)
                || newPuts.Any(put => deletes.Exists(range => range.Contains(put)))
                || newDeletes.Exists(range => puts.Any(range.Contains)))
            {
                throw EtcdErrors.DuplicateKey();
            }

            puts.UnionWith(newPuts);
            deletes.AddRange(newDeletes);
        }

        return (puts, deletes);
    }

    private static (HashSet<ByteString> Puts, List<KeyRange> Deletes) WrittenBy(RequestOp op)
    {
        switch (op.RequestCase)
        {
            case RequestOp.RequestOneofCase.RequestPut:
                return ([op.RequestPut.Key], []);
            case RequestOp.RequestOneofCase.RequestDeleteRange:
                return ([], [new KeyRange(op.RequestDeleteRange.Key, op.RequestDeleteRange.RangeEnd)]);
            case RequestOp.RequestOneofCase.RequestTxn:
                var (puts, deletes) = CheckOnce(op.RequestTxn.Success);
                var (otherPuts, otherDeletes) = CheckOnce(op.RequestTxn.Failure);
                return ([.. puts, .. otherPuts], [.. deletes, .. otherDeletes]);
            default:
                return ([], []);
        }
    }
}
