namespace Federation.Storage.Files;

/// <summary>The machine's file system. Stateless and thread-safe.</summary>
public sealed class LinuxFileLayer : IFileLayer
{
    /// <summary>The one instance that is needed.</summary>
    public static LinuxFileLayer Instance { get; } = new();

    /// <inheritdoc/>
    public EntryKind KindOf(string path)
    {
        var info = new FileInfo(path);
        var attributes = info.Attributes;
        if (attributes == (FileAttributes)(-1))
        {
            return EntryKind.None;
        }

        return (attributes & (FileAttributes.ReparsePoint | FileAttributes.Device)) != 0 ? EntryKind.Other
            : (attributes & FileAttributes.Directory) != 0 ? EntryKind.Directory
            : EntryKind.File;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        try
        {
            var names = Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).ToList();
            names.Sort(StringComparer.Ordinal);
            return names;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public long LengthOf(string path) => new FileInfo(path).Length;

    /// <inheritdoc/>
    public Stream OpenRead(string path) =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public bool CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(path);
        return true;
    }

    /// <inheritdoc/>
    public void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(content);
    }

    /// <inheritdoc/>
    public bool Rename(string from, string to) => Libc.Rename(from, to) switch
    {
        0 => true,
        Libc.NoEntry or Libc.NotEmpty or Libc.Exists => false,
        var error => throw Libc.Failure(error, $"rename {from} to", to),
    };

    /// <inheritdoc/>
    public bool Link(string from, string to) => Libc.Link(from, to) switch
    {
        0 => true,
        Libc.Exists or Libc.NoEntry => false,
        var error => throw Libc.Failure(error, $"link {from} as", to),
    };

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The folder went first: what was asked for holds.
        }
    }

    /// <inheritdoc/>
    public void DeleteDirectory(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else deleted it: what was asked for holds.
        }
    }

    /// <inheritdoc/>
    public void FlushFile(string path) => Flush(path);

    /// <inheritdoc/>
    public void FlushDirectory(string path) => Flush(path);

    private static void Flush(string path)
    {
        if (Libc.Flush(path) is not 0 and var error)
        {
            throw Libc.Failure(error, "flush", path);
        }
    }
}
