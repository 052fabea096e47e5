using Federation.Hosting;

namespace Federation.Launcher.Layout;

/// <summary>
/// Keeps a second launcher out of a federation's folder. The kernel lets go of it when the process ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    // What flock says, on Linux, of a lock that another process holds; anything else is the disk's.
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="OperatorException">Another launcher has it, or it cannot be written.</exception>
    public static FolderLock Take(FederationFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Logs);
            return new FolderLock(
                new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            throw new OperatorException(
                $"{folder.Root} is used by another 'fed up'", "stop that one with Ctrl-C, or name another --dir",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"{folder.Root} cannot be written ({error.Message})", "name another --dir", error);
        }
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => _file.Dispose();
}
