namespace Federation.Storage.Files;

/// <summary>
/// The file operations that publishing is made of, each one system call wide, so that tests can crash between any two
/// of them. A change survives a crash of the machine only once it was flushed: contents by <see cref="FlushFile"/>,
/// names by <see cref="FlushDirectory"/> of the directory that holds them. Failures are <see cref="IOException"/>s.
/// </summary>
public interface IFileLayer
{
    /// <summary>What stands at the path; links are not followed.</summary>
    EntryKind KindOf(string path);

    /// <summary>Names in a directory, in ordinal order; none when there is no such directory.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Size of a file in bytes.</summary>
    long LengthOf(string path);

    /// <summary>Opens a file for reading.</summary>
    Stream OpenRead(string path);

    /// <summary>Creates one directory whose parent exists; false when it is there already.</summary>
    bool CreateDirectory(string path);

    /// <summary>Creates a file that must not exist, with this content, not flushed.</summary>
    void WriteNew(string path, ReadOnlySpan<byte> content);

    /// <summary>
    /// Renames, atomically replacing a file (a directory replaces only an empty one); false when
    /// <paramref name="from"/> does not exist, or when the directory <paramref name="to"/> is not empty.
    /// </summary>
    bool Rename(string from, string to);

    /// <summary>Gives a file a second name, atomically; false when that name is taken or the file is gone.</summary>
    bool Link(string from, string to);

    /// <summary>Deletes a file or link; nothing happens when it is not there.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes an empty directory; nothing happens when it is not there.</summary>
    void DeleteDirectory(string path);

    /// <summary>Makes a file's content durable.</summary>
    void FlushFile(string path);

    /// <summary>Makes a directory's names durable.</summary>
    void FlushDirectory(string path);
}
