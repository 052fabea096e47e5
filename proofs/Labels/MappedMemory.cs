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

    /// <summary>Maps a new file of so many zeros, whose room on the disk is reserved first.</summary>
    /// <exception cref="IOException">The file cannot be made, above all because the disk has no room.</exception>
    public static byte* Map(string path, long size)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        try
        {
            // Without its room a full disk would end the process at the first touch of a page.
            var error = Reserve(file, 0, size);
            if (error != 0)
            {
                throw new IOException(
                    $"{path}: {size} bytes cannot be reserved: {Marshal.GetPInvokeErrorMessage(error)}");
            }

            var start = Map(null, (nuint)size, ReadWrite, Shared, file, 0);
            return (nint)start != -1
                ? start
                : throw new IOException($"{path} cannot be mapped: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            File.Delete(path);
        }
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
