namespace Federation.Hosting.Repository;

/// <summary>A file that one process at a time holds open. The kernel lets go of it when the process ends.</summary>
public static class FileLock
{
    // What flock says, on Linux, of a lock that another process holds; anything else is the disk's.
    private const int WouldBlock = 11;

    /// <summary>Takes the lock, making the file when it is missing; null while another process has it.</summary>
    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not open it.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            return null;
        }
    }
}
