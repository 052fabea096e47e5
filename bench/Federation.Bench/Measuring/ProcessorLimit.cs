using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Federation.Bench.Measuring;

/// <summary>
/// Confines the process to its first processors, until disposed of: every thread that it has, thread pool, compiler
/// and collector included; threads that start meanwhile inherit the limit. Does nothing where the system is not Linux.
/// </summary>
internal sealed class ProcessorLimit : IDisposable
{
    private const int MaskWords = 16;

    private readonly ulong[] _before = new ulong[MaskWords];

    private ProcessorLimit()
    {
    }

    /// <summary>Processors that this process may use.</summary>
    public static int Available => Environment.ProcessorCount;

    /// <summary>Confines to <paramref name="cores"/> of the processors that the process may use now.</summary>
    /// <exception cref="InvalidOperationException">The system refuses.</exception>
    public static ProcessorLimit Set(int cores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cores, 1);
        var limit = new ProcessorLimit();
        if (!OperatingSystem.IsLinux())
        {
            return limit;
        }

        if (Native.GetAffinity(0, MaskWords * sizeof(ulong), limit._before) < 0)
        {
            throw new InvalidOperationException($"sched_getaffinity failed with error {Marshal.GetLastPInvokeError()}");
        }

        Apply(FirstOf(limit._before, cores));
        return limit;
    }

    /// <summary>Gives all threads back what the process had.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Apply(_before);
        }
    }

    /// <summary>The lowest <paramref name="count"/> bits that are set.</summary>
    internal static ulong[] FirstOf(ulong[] mask, int count)
    {
        var first = new ulong[mask.Length];
        for (var bit = 0; bit < 64 * mask.Length && count > 0; bit++)
        {
            if (((mask[bit / 64] >> (bit % 64)) & 1) != 0)
            {
                first[bit / 64] |= 1UL << (bit % 64);
                count--;
            }
        }

        return first;
    }

    /// <summary>Processors that the calling thread may use.</summary>
    internal static int CountOfThread()
    {
        var mask = new ulong[MaskWords];
        return Native.GetAffinity(0, MaskWords * sizeof(ulong), mask) < 0
            ? Available
            : mask.Sum(BitOperations.PopCount);
    }

    /// <summary>
    /// Lists the threads until there is none that was not seen: one may start, or end and hide another, meanwhile.
    /// </summary>
    private static void Apply(ulong[] mask)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var before = -1; before < seen.Count;)
        {
            before = seen.Count;
            foreach (var task in Directory.GetDirectories("/proc/self/task").Where(seen.Add))
            {
                Apply(mask, task);
            }
        }
    }

    private static void Apply(ulong[] mask, string task)
    {
        var id = int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);

        // A thread that ended since it was listed is no failure.
        if (Native.SetAffinity(id, MaskWords * sizeof(ulong), mask) != 0 && Directory.Exists(task))
        {
            throw new InvalidOperationException($"sched_setaffinity failed with error {Marshal.GetLastPInvokeError()}");
        }
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
        internal static extern int GetAffinity(int thread, nuint size, [Out] ulong[] mask);

        [DllImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
        internal static extern int SetAffinity(int thread, nuint size, ulong[] mask);
    }
}
