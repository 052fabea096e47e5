namespace Federation.Storage.Space;

/// <summary>How much room a file system has.</summary>
public interface IFreeSpace
{
    /// <summary>Bytes that this user may still write at the path.</summary>
    /// <exception cref="IOException">The file system cannot be asked.</exception>
    long FreeBytes(string path);
}
