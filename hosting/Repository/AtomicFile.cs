using Federation.Journal;

namespace Federation.Hosting.Repository;

/// <summary>Replaces small files as a whole: a reader sees the old content or the new, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Mode of files that everyone may read: 0644.</summary>
    public const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Mode of secrets: 0600.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Writes a file with its final mode from the first byte on, and renames it into place. When it returns, content
    /// and name survive a loss of power; when it throws, the file has the old content or the new.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written, or its folder not flushed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode) =>
        Write(path, content, mode, FolderSync.Flush);

    internal static void Write(
        string path, ReadOnlySpan<byte> content, UnixFileMode mode, Action<string> flushFolder)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, NewFile(mode)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            flushFolder(folder);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions NewFile(UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return options;
    }
}
