using Federation.Proto.Etcd;
using Google.Protobuf;

namespace Federation.Discovery.Embedded.Mvcc;

/// <summary>Answers range requests: filters, order, limit and counts as etcd has them.</summary>
internal static class RangeReader
{
    /// <summary>Reads at the request's revision, or at <paramref name="current"/> when it names none.</summary>
    public static RangeResponse Read(MvccState state, RangeRequest request, long current)
    {
        var revision = request.Revision > 0 ? request.Revision : current;
        var response = new RangeResponse { Header = new ResponseHeader { Revision = current } };
        KeyValue[] all = [.. state.Range(new KeyRange(request.Key, request.RangeEnd), revision)];
        response.Count = all.Length;
        if (request.CountOnly)
        {
            return response;
        }

        var fetched = FetchesAll(request) ? all : all.Take((int)Math.Min(request.Limit, int.MaxValue - 1) + 1);
        KeyValue[] wanted = [.. Sorted(request, fetched.Where(kv => Passes(request, kv)))];
        var taken = request.Limit > 0 && wanted.Length > request.Limit ? wanted[..(int)request.Limit] : wanted;
        response.More = taken.Length < wanted.Length;
        response.Kvs.AddRange(request.KeysOnly ? taken.Select(WithoutValue) : taken);
        return response;
    }

    /// <summary>Refuses what cannot be read.</summary>
    public static void Check(RangeRequest request)
    {
        if (request.Key.IsEmpty)
        {
            throw EtcdErrors.KeyNotProvided();
        }

        if (!Enum.IsDefined(request.SortOrder) || !Enum.IsDefined(request.SortTarget))
        {
            throw EtcdErrors.InvalidSortOption();
        }
    }

    /// <summary>Refuses a revision that is not there.</summary>
    public static void CheckRevision(MvccState state, long revision)
    {
        if (revision > state.Revision)
        {
            throw EtcdErrors.FutureRevision();
        }

        if (revision > 0 && revision < state.Compacted)
        {
            throw EtcdErrors.Compacted();
        }
    }

    /// <summary>As etcd: without an order or a filter the limit counts before the sorting by the target.</summary>
    private static bool FetchesAll(RangeRequest request) =>
        request.Limit <= 0
        || request.SortOrder != RangeRequest.Types.SortOrder.None
        || request.MinModRevision != 0
        || request.MaxModRevision != 0
        || request.MinCreateRevision != 0
        || request.MaxCreateRevision != 0;

    private static bool Passes(RangeRequest request, KeyValue kv) =>
        (request.MinModRevision == 0 || kv.ModRevision >= request.MinModRevision)
        && (request.MaxModRevision == 0 || kv.ModRevision <= request.MaxModRevision)
        && (request.MinCreateRevision == 0 || kv.CreateRevision >= request.MinCreateRevision)
        && (request.MaxCreateRevision == 0 || kv.CreateRevision <= request.MaxCreateRevision);

    private static IEnumerable<KeyValue> Sorted(RangeRequest request, IEnumerable<KeyValue> kvs)
    {
        var order = request.SortOrder;
        if (order == RangeRequest.Types.SortOrder.None)
        {
            if (request.SortTarget == RangeRequest.Types.SortTarget.Key)
            {
                return kvs;
            }

            order = RangeRequest.Types.SortOrder.Ascend;
        }

        var comparer = Comparer<KeyValue>.Create((x, y) => Compare(request.SortTarget, x, y));
        return order == RangeRequest.Types.SortOrder.Ascend ? kvs.Order(comparer) : kvs.OrderDescending(comparer);
    }

    private static int Compare(RangeRequest.Types.SortTarget target, KeyValue x, KeyValue y) => target switch
    {
        RangeRequest.Types.SortTarget.Version => x.Version.CompareTo(y.Version),
        RangeRequest.Types.SortTarget.Create => x.CreateRevision.CompareTo(y.CreateRevision),
        RangeRequest.Types.SortTarget.Mod => x.ModRevision.CompareTo(y.ModRevision),
        RangeRequest.Types.SortTarget.Value => KeyOrder.Compare(x.Value, y.Value),
        _ => KeyOrder.Compare(x.Key, y.Key),
    };

    private static KeyValue WithoutValue(KeyValue kv)
    {
        var copy = kv.Clone();
        copy.Value = ByteString.Empty;
        return copy;
    }
}
