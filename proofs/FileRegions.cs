using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs;

/// <summary>
/// Positioned reads of whole regions, whose failures name the file, small files written whole, and flushes that can be
/// left.
/// </summary>
internal static class FileRegions
{
    /// <summary>Opens an existing file of an exact size for positioned reads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expectedSize">Bytes that it must have.</param>
    /// <param name="options">Whether reads come here and there, or from beginning to end (none).</param>
    /// <param name="mayBeLonger">Bytes behind the expected ones are no fault.</param>
    /// <exception cref="InvalidDataException">The file has another size.</exception>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public static SafeFileHandle OpenRead(
        string path, long expectedSize, FileOptions options = FileOptions.RandomAccess, bool mayBeLonger = false)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"file {path} is missing", path);
        }

        var handle = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, options);
        var size = RandomAccess.GetLength(handle);
        if (size == expectedSize || (mayBeLonger && size > expectedSize))
        {
            return handle;
        }

        handle.Dispose();
        throw new InvalidDataException(
            $"file {path} has {size} bytes where {(mayBeLonger ? "at least " : "")}{expectedSize} are needed");
    }

    /// <summary>Fills the buffer from the position.</summary>
    /// <exception cref="InvalidDataException">The file ends before the buffer is full.</exception>
    public static void ReadExactly(SafeFileHandle file, string path, Span<byte> buffer, long position)
    {
        while (buffer.Length > 0)
        {
            var count = RandomAccess.Read(file, buffer, position);
            if (count == 0)
            {
                throw new InvalidDataException($"file {path} ends at {position}");
            }

            buffer = buffer[count..];
            position += count;
        }
    }

    /// <summary>
    /// Returns when all that was written is on the disk, or at once when cancelled: the disk, which for a large file
    /// may need many seconds, then goes on by itself, and a handle that is closed meanwhile is kept open for it.
    /// </summary>
    /// <exception cref="IOException">The file could not be brought to the disk.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Flush(SafeFileHandle file, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        var flush = Task.Run(() => RandomAccess.FlushToDisk(file), cancellationToken);
        try
        {
            flush.WaitAsync(cancellationToken).GetAwaiter().GetResult();
        }
        finally
        {
            // One that was left and fails later concerns nobody: what was flushed is made again.
            _ = flush.ContinueWith(
                static left => left.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    }

    /// <summary>
    /// Writes or replaces a small file, whole or not at all. Its bytes are on the disk before it has its name; that the
    /// name survives a loss of power is for who publishes the folder.
    /// </summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".tmp";
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
