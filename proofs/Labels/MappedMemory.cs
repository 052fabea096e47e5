using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Labels;

/// <summary>
/// Memory whose pages lie in a file that has no name any more: the system keeps in memory what it has room for, and the
/// file goes with the mapping, however the process ends. Linux only.
/// </summary>
internal static unsafe partial class MappedMemory
{
    private const int ReadWrite = 3, Shared = 1;

    // Where a file system cannot reserve, every block is written instead: not too many without a look at the token.
    private const long ReservedAtOnce = 256L << 20;

    /// <summary>Maps a new file of so many zeros, whose room on the disk is reserved first.</summary>
    /// <exception cref="IOException">The file cannot be made, above all because the disk has no room.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while room was reserved.</exception>
    public static byte* Map(string path, long size, CancellationToken cancellationToken)
    {
        using var file = Reserve(path, size, cancellationToken);
        return Map(file, 0, size);
    }

    /// <summary>
    /// A new file of so many zeros that has no name, with its room on the disk: without that a full disk would end the
    /// process at the first touch of a page.
    /// </summary>
    /// <exception cref="IOException">The file cannot be made, above all because the disk has no room.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while room was reserved.</exception>
    public static SafeFileHandle Reserve(string path, long size, CancellationToken cancellationToken)
    {
        RequireFree(path, size);
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        try
        {
            File.Delete(path);
            for (long offset = 0; offset < size; offset += ReservedAtOnce)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var error = Reserve(file, offset, Math.Min(ReservedAtOnce, size - offset));
                if (error != 0)
                {
                    throw new IOException(
                        $"{path}: {size} bytes cannot be reserved: {Marshal.GetPInvokeErrorMessage(error)}");
                }
            }

            return file;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            file.Dispose();
            throw;
        }
    }

    // Before the disk is filled up in vain, and whoever else writes there fails.
    private static void RequireFree(string path, long size)
    {
        var free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
        if (free < size)
        {
            throw new IOException($"{path}: {size} bytes are needed there, {free} are free");
        }
    }

    /// <summary>Maps a part of a file; the mapping outlives the handle.</summary>
    /// <param name="file">A file of <see cref="Reserve(string, long, CancellationToken)"/>.</param>
    /// <param name="offset">A multiple of the system's pages.</param>
    /// <param name="size">Bytes, within the file.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    public static byte* Map(SafeFileHandle file, long offset, long size)
    {
        var start = Map(null, (nuint)size, ReadWrite, Shared, file, offset);
        return (nint)start != -1
            ? start
            : throw new IOException($"{size} bytes cannot be mapped: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Ends a mapping.</summary>
    public static void Unmap(byte* start, long size) => _ = Unmap(start, (nuint)size);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int Reserve(SafeFileHandle file, long offset, long size);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(
        void* wish, nuint size, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* start, nuint size);
}
