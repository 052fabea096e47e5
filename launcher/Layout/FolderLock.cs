using Federation.Hosting;
using Federation.Hosting.Repository;

namespace Federation.Launcher.Layout;

/// <summary>
/// Keeps a second launcher out of a federation's folder. The kernel lets go of it when the process ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="OperatorException">Another launcher has it, or it cannot be written.</exception>
    public static FolderLock Take(FederationFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Logs);
            return FileLock.TryTake(folder.LockFile) is { } file
                ? new FolderLock(file)
                : throw new OperatorException(
                    $"{folder.Root} is used by another 'fed up'", "stop that one with Ctrl-C, or name another --dir");
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
