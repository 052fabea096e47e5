using System.Text;
using Federation.Discovery.Store;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Etcd;

/// <summary>Our words in etcd's and back.</summary>
internal static class EtcdMessages
{
    public static ByteString Key(string key) => ByteString.CopyFromUtf8(key);

    /// <summary>The end of the range of all keys with a prefix; "everything" for an empty one.</summary>
    public static ByteString PrefixEnd(string prefix)
    {
        var bytes = Encoding.UTF8.GetBytes(prefix);
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            if (bytes[i] < byte.MaxValue)
            {
                bytes[i]++;
                return ByteString.CopyFrom(bytes, 0, i + 1);
            }
        }

        return ByteString.CopyFrom(0);
    }

    /// <summary>An empty prefix is the whole store, whose range begins at the least key.</summary>
    public static (ByteString Key, ByteString End) Range(string key, bool isPrefix) =>
        !isPrefix ? (Key(key), ByteString.Empty)
        : key.Length == 0 ? (ByteString.CopyFrom(0), ByteString.CopyFrom(0))
        : (Key(key), PrefixEnd(key));

    public static StoreEntry Entry(KeyValue kv) => new(
        kv.Key.ToStringUtf8(), kv.Value.Memory, kv.CreateRevision, kv.ModRevision, kv.Version, kv.Lease);

    public static TxnRequest Txn(StoreTxn txn) => new()
    {
        Compare = { txn.Guards.Select(Compare) },
        Success = { txn.Then.Select(Op) },
        Failure = { txn.Else.Select(Op) },
    };

    public static TxnOutcome Outcome(TxnResponse response) => new(
        response.Succeeded,
        response.Header.Revision,
        [.. response.Responses
            .Where(static op => op.ResponseRange is not null)
            .Select(static op => op.ResponseRange.Kvs.Count == 0 ? null : Entry(op.ResponseRange.Kvs[0]))]);

    public static WatchChange Change(Event change) =>
        new(change.Type == Event.Types.EventType.Delete, Entry(change.Kv));

    private static Compare Compare(Guard guard)
    {
        var compare = new Compare
        {
            Key = Key(guard.Key),
            Target = (Compare.Types.CompareTarget)guard.Target,
            Result = (Compare.Types.CompareResult)guard.Relation,
        };
        switch (guard.Target)
        {
            case GuardTarget.Version:
                compare.Version = guard.Number;
                break;
            case GuardTarget.CreateRevision:
                compare.CreateRevision = guard.Number;
                break;
            case GuardTarget.ModRevision:
                compare.ModRevision = guard.Number;
                break;
            case GuardTarget.Lease:
                compare.Lease = guard.Number;
                break;
            case GuardTarget.Value:
                compare.Value = ByteString.CopyFrom(guard.Value.Span);
                break;
            default:
                throw new ArgumentException($"Unknown target {guard.Target}.", nameof(guard));
        }

        return compare;
    }

    private static RequestOp Op(StoreOp op)
    {
        switch (op)
        {
            case PutOp put:
                var request = new PutRequest
                {
                    Key = Key(put.Key), Value = ByteString.CopyFrom(put.Value.Span), Lease = put.LeaseId,
                };
                return new RequestOp { RequestPut = request };
            case DeleteOp delete:
                var (key, end) = Range(delete.Key, delete.IsPrefix);
                return new RequestOp { RequestDeleteRange = new DeleteRangeRequest { Key = key, RangeEnd = end } };
            case GetOp get:
                return new RequestOp { RequestRange = new RangeRequest { Key = Key(get.Key) } };
            default:
                throw new ArgumentException($"Unknown operation {op.GetType().Name}.", nameof(op));
        }
    }
}
