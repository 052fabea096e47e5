using System.Globalization;
using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>Requests by chance over few keys, so that they meet; some of them are refused.</summary>
internal sealed class RandomRequests(Random random)
{
    private const int Keys = 6;

    /// <summary>The newest revision known, to ask for near ones.</summary>
    public long Revision { get; set; } = 1;

    public PutRequest Put() => new()
    {
        Key = Key(),
        Value = Often(8) ? ByteString.Empty : Value(),
        Lease = Often(5) ? random.Next(1, 4) : 0,
        PrevKv = Often(2),
        IgnoreValue = Often(10),
        IgnoreLease = Often(10),
    };

    public DeleteRangeRequest Delete() => new() { Key = Key(), RangeEnd = End(), PrevKv = Often(2) };

    public RangeRequest Range() => new()
    {
        Key = Key(),
        RangeEnd = End(),
        Limit = Often(3) ? random.Next(0, 4) : 0,
        Revision = Often(3) ? Near() : 0,
        SortOrder = (RangeRequest.Types.SortOrder)random.Next(3),
        SortTarget = (RangeRequest.Types.SortTarget)random.Next(5),
        Serializable = Often(2),
        KeysOnly = Often(5),
        CountOnly = Often(8),
        MinModRevision = Often(8) ? Near() : 0,
        MaxModRevision = Often(8) ? Near() : 0,
        MinCreateRevision = Often(8) ? Near() : 0,
        MaxCreateRevision = Often(8) ? Near() : 0,
    };

    public TxnRequest Txn(int depth = 0) => new()
    {
        Compare = { Several(3, Compare) },
        Success = { Several(4, () => Op(depth)) },
        Failure = { Several(3, () => Op(depth)) },
    };

    public CompactionRequest Compaction() => new() { Revision = Near() - 3, Physical = true };

    public LeaseGrantRequest Grant() => new() { ID = random.Next(1, 4), TTL = 1000 };

    public LeaseRevokeRequest Revoke() => new() { ID = random.Next(1, 5) };

    private RequestOp Op(int depth) => random.Next(depth < 2 ? 7 : 6) switch
    {
        0 or 1 or 2 => new RequestOp { RequestPut = Put() },
        3 or 4 => new RequestOp { RequestRange = Range() },
        5 => new RequestOp { RequestDeleteRange = DeleteInTxn() },
        _ => new RequestOp { RequestTxn = Txn(depth + 1) },
    };

    /// <summary>Not "everything from a key on": etcd does not see it as a duplicate and may panic.</summary>
    private DeleteRangeRequest DeleteInTxn()
    {
        var delete = Delete();
        delete.RangeEnd = delete.RangeEnd.Length == 1 ? ByteString.Empty : delete.RangeEnd;
        return delete;
    }

    private Compare Compare()
    {
        var compare = new Compare
        {
            Key = Key(),
            RangeEnd = Often(4) ? End() : ByteString.Empty,
            Result = (Compare.Types.CompareResult)random.Next(4),
            Target = (Compare.Types.CompareTarget)random.Next(5),
        };
        switch (compare.Target)
        {
            case Proto.Etcd.Compare.Types.CompareTarget.Version:
                compare.Version = random.Next(4);
                break;
            case Proto.Etcd.Compare.Types.CompareTarget.Create:
                compare.CreateRevision = Near();
                break;
            case Proto.Etcd.Compare.Types.CompareTarget.Mod:
                compare.ModRevision = Near();
                break;
            case Proto.Etcd.Compare.Types.CompareTarget.Value:
                compare.Value = Value();
                break;
            default:
                compare.Lease = random.Next(4);
                break;
        }

        return compare;
    }

    private long Near() => Math.Max(0, Revision - random.Next(-2, 12));

    private ByteString Key() =>
        Often(40) ? ByteString.Empty
            : ByteString.CopyFromUtf8("k" + random.Next(Keys).ToString(CultureInfo.InvariantCulture));

    private ByteString End() => random.Next(6) switch
    {
        0 or 1 or 2 => ByteString.Empty,
        3 => ByteString.CopyFrom(0),
        _ => Key(),
    };

    private ByteString Value() => ByteString.CopyFromUtf8("v" + random.Next(4).ToString(CultureInfo.InvariantCulture));

    private bool Often(int outOf) => random.Next(outOf) == 0;

    private T[] Several<T>(int most, Func<T> make) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];
}
