using Federation.Discovery.Embedded.Mvcc;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Embedded;

/// <summary>Evaluates a transaction's conditions.</summary>
internal static class Comparison
{
    /// <summary>
    /// Whether a condition holds for every key that it names. A single key that does not exist compares as all zeros;
    /// its value compares with nothing, and an empty range satisfies every condition but one on a value.
    /// </summary>
    public static bool Holds(MvccState state, Compare compare)
    {
        var range = new KeyRange(compare.Key, compare.RangeEnd);
        KeyValue[] found = [.. state.Range(range, state.Revision)];
        if (found.Length > 0)
        {
            return found.All(kv => Holds(compare, kv));
        }

        return compare.Target != Compare.Types.CompareTarget.Value && Holds(compare, new KeyValue());
    }

    private static bool Holds(Compare compare, KeyValue kv)
    {
        var order = compare.Target switch
        {
            Compare.Types.CompareTarget.Version => kv.Version.CompareTo(compare.Version),
            Compare.Types.CompareTarget.Create => kv.CreateRevision.CompareTo(compare.CreateRevision),
            Compare.Types.CompareTarget.Mod => kv.ModRevision.CompareTo(compare.ModRevision),
            Compare.Types.CompareTarget.Value => KeyOrder.Compare(kv.Value, compare.Value),
            Compare.Types.CompareTarget.Lease => kv.Lease.CompareTo(compare.Lease),
            _ => 0,
        };
        return compare.Result switch
        {
            Compare.Types.CompareResult.Equal => order == 0,
            Compare.Types.CompareResult.NotEqual => order != 0,
            Compare.Types.CompareResult.Greater => order > 0,
            Compare.Types.CompareResult.Less => order < 0,
            _ => true,
        };
    }
}
