using System.Runtime.InteropServices;

namespace Federation.Storage.Files;

/// <summary>
/// System calls for which .NET has no equivalent with the same guarantees: fsync of a directory, link, and a rename
/// that never falls back to a copy.
/// </summary>
internal static class Libc
{
    public const int NoEntry = 2, Exists = 17, NotEmpty = 39;

    private const int ReadOnly = 0, CloseOnExec = 0x80000;

    /// <summary>Returns 0 or the error number.</summary>
    public static int Rename(string from, string to) => Outcome(NativeRename(from, to));

    /// <summary>Returns 0 or the error number.</summary>
    public static int Link(string from, string to) => Outcome(NativeLink(from, to));

    /// <summary>Flushes the file or directory at the path. Returns 0 or the error number.</summary>
    public static int Flush(string path)
    {
        var descriptor = NativeOpen(path, ReadOnly | CloseOnExec);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        var outcome = Outcome(NativeSync(descriptor));
        _ = NativeClose(descriptor);
        return outcome;
    }

    /// <summary>An exception that says what failed, on what, and why.</summary>
    public static StorageException Failure(int error, string action, string path) =>
        new($"cannot {action} {path}: {Marshal.GetPInvokeErrorMessage(error)}");

    private static int Outcome(int returned) => returned == 0 ? 0 : Marshal.GetLastPInvokeError();

    [DllImport("libc", EntryPoint = "rename", SetLastError = true, BestFitMapping = false)]
    private static extern int NativeRename(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DllImport("libc", EntryPoint = "link", SetLastError = true, BestFitMapping = false)]
    private static extern int NativeLink(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false)]
    private static extern int NativeOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int NativeSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int NativeClose(int descriptor);
}
