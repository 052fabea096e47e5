using System.Runtime.InteropServices;

namespace Federation.Worker.External;

/// <summary>
/// Processors of the calling thread. A process inherits them from the thread that starts it, before its first
/// instruction.
/// </summary>
internal static class CpuAffinity
{
    private const int CallingThread = 0, InvalidArgument = 22;

    /// <summary>Confines the calling thread; the words that it had are returned, to be set again.</summary>
    /// <exception cref="IOException">The system has none of these processors, or does not give them.</exception>
    public static ulong[] Confine(CpuSet set)
    {
        var before = new ulong[CpuSet.Limit / 64];
        if (Get(CallingThread, Bytes(before), before) < 0)
        {
            throw Failure("read", Marshal.GetLastPInvokeError());
        }

        Restore(set.Words());
        return before;
    }

    /// <summary>Sets the calling thread's words.</summary>
    /// <exception cref="IOException">The system has none of these processors, or does not give them.</exception>
    public static void Restore(ulong[] words)
    {
        if (Set(CallingThread, Bytes(words), words) != 0)
        {
            throw Failure("set", Marshal.GetLastPInvokeError());
        }
    }

    private static nuint Bytes(ulong[] words) => (nuint)(words.Length * sizeof(ulong));

    private static IOException Failure(string action, int error) => new(
        error == InvalidArgument ? "this machine has none of the processors of CpuSet"
            : $"CpuSet cannot be {action}: {Marshal.GetPInvokeErrorMessage(error)}");

    [DllImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static extern int Get(int thread, nuint bytes, [Out] ulong[] words);

    [DllImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static extern int Set(int thread, nuint bytes, [In] ulong[] words);
}
