using System.Globalization;
using System.Runtime.InteropServices;

namespace Federation.Launcher.Processes;

/// <summary>Signals to process groups, and what tells a process from another that has got its number.</summary>
internal static class ProcessSignals
{
    /// <summary>Asks a process to end.</summary>
    public const int Terminate = 15;

    /// <summary>Ends a process.</summary>
    public const int Kill = 9;

    /// <summary>Sends a signal to the group that a process leads; false when there is none.</summary>
    public static bool SendToGroup(int leader, int signal) => NativeKill(-leader, signal) == 0;

    /// <summary>Sends a signal to one process; false when there is none.</summary>
    public static bool Send(int pid, int signal) => NativeKill(pid, signal) == 0;

    /// <summary>
    /// When a process started, in clock ticks since the machine did; null when there is none of this number. Number and
    /// start together name one process until the machine starts anew.
    /// </summary>
    public static long? StartTicks(int pid)
    {
        try
        {
            // The name, in parentheses, may hold anything; field 22 is the twentieth after it.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int NativeKill(int pid, int signal);
}
