namespace Federation.Storage.Files;

/// <summary>What several calls of a file layer make.</summary>
internal static class FileLayerExtensions
{
    /// <summary>How the names of files end that are not whole yet.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Creates a directory and makes its name durable.</summary>
    public static void EnsureDirectory(this IFileLayer files, string path)
    {
        switch (files.KindOf(path))
        {
            case EntryKind.Directory:
                return;
            case EntryKind.None:
                files.CreateDirectory(path);
                files.FlushDirectory(Path.GetDirectoryName(path)!);
                return;
            default:
                throw new StorageException($"{path} is not a directory: move what stands there out of the way.");
        }
    }

    /// <summary>
    /// Writes a file so that after a crash it is there as a whole or not at all. Replaces an older one.
    /// </summary>
    public static void WriteDurably(this IFileLayer files, string path, ReadOnlySpan<byte> content)
    {
        var temporary = files.WriteTemporary(path, content);
        files.Rename(temporary, path);
        files.FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Like <see cref="WriteDurably"/>, but false when a file of this name is there: that one stays.</summary>
    public static bool TryWriteNewDurably(this IFileLayer files, string path, ReadOnlySpan<byte> content)
    {
        var temporary = files.WriteTemporary(path, content);
        var isNew = files.Link(temporary, path);
        files.DeleteFile(temporary);
        files.FlushDirectory(Path.GetDirectoryName(path)!);
        return isNew;
    }

    /// <summary>Deletes whatever stands at a path, links themselves and never what they point to. Idempotent.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, between two entries.</exception>
    public static void DeleteTree(this IFileLayer files, string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (files.KindOf(path))
        {
            case EntryKind.None:
                break;
            case EntryKind.Directory:
                foreach (var name in files.List(path))
                {
                    files.DeleteTree(Path.Combine(path, name), cancellationToken);
                }

                files.DeleteDirectory(path);
                break;
            default:
                files.DeleteFile(path);
                break;
        }
    }

    /// <summary>
    /// Size of a file that another machine wrote. A network file system may show an old size until the file is opened.
    /// </summary>
    public static long LengthOf(this IFileLayer files, string path, long expected)
    {
        var shown = files.LengthOf(path);
        if (shown == expected)
        {
            return shown;
        }

        using var opened = files.OpenRead(path);
        return opened.Length;
    }

    /// <summary>
    /// Reads a small file; null when there is none, be it that another process deletes it at this moment.
    /// </summary>
    /// <exception cref="StorageException">It is larger than a small file.</exception>
    public static byte[]? TryReadSmall(this IFileLayer files, string path)
    {
        try
        {
            return files.KindOf(path) == EntryKind.File ? files.ReadSmall(path) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads a small file.</summary>
    /// <exception cref="StorageException">It is larger than <paramref name="limit"/> bytes.</exception>
    public static byte[] ReadSmall(this IFileLayer files, string path, int limit = 1 << 20)
    {
        using var stream = files.OpenRead(path);
        if (stream.Length > limit)
        {
            throw new StorageException($"{path} has {stream.Length} bytes, expected at most {limit}.");
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string WriteTemporary(this IFileLayer files, string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}{TemporarySuffix}";
        files.WriteNew(temporary, content);
        files.FlushFile(temporary);
        return temporary;
    }
}
