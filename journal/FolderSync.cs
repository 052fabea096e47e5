using System.Runtime.InteropServices;

namespace Federation.Journal;

/// <summary>Makes the names in a folder durable, which syncing a file alone does not.</summary>
public static class FolderSync
{
    private const int ReadOnly = 0, CloseOnExec = 0x80000;

    /// <summary>
    /// Creates a folder with what is missing above it; when it returns, they survive a loss of power.
    /// </summary>
    /// <exception cref="IOException">A folder cannot be made or flushed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not make it.</exception>
    public static void Create(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.Exists || folder.Parent is not { } parent)
        {
            return;
        }

        Create(parent.FullName);
        folder.Create();
        Flush(parent.FullName);
    }

    /// <summary>
    /// Returns once every file created, renamed or deleted in a folder so far stays so after a loss of power. The
    /// framework opens no folder, so the C library is asked.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be flushed.</exception>
    public static void Flush(string path)
    {
        var folder = Open(path, ReadOnly | CloseOnExec);
        if (folder < 0)
        {
            throw Failure(path);
        }

        try
        {
            if (Sync(folder) != 0)
            {
                throw Failure(path);
            }
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private static IOException Failure(string path) =>
        new($"The folder {path} cannot be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}");

#pragma warning disable SYSLIB1054 // The generated form needs unsafe code, which only proofs/ has.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
}
