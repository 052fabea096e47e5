using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs;

/// <summary>Positioned reads of whole regions, whose failures name the file.</summary>
internal static class FileRegions
{
    /// <summary>Opens an existing file of an exact size for positioned reads.</summary>
    /// <exception cref="InvalidDataException">The file has another size.</exception>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public static SafeFileHandle OpenRead(string path, long expectedSize)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"file {path} is missing", path);
        }

        var handle = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);
        var size = RandomAccess.GetLength(handle);
        if (size == expectedSize)
        {
            return handle;
        }

        handle.Dispose();
        throw new InvalidDataException($"file {path} has {size} bytes where {expectedSize} are needed");
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
}
