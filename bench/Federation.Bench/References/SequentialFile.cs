using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Federation.Bench.References;

/// <summary>A file that is written and read from beginning to end.</summary>
internal sealed class SequentialFile(string path) : IDisposable
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 256 << 20;

    private const int BlockSize = 1 << 20, DoNotNeed = 4;

    private readonly byte[] _block = new byte[BlockSize];

    private readonly SafeFileHandle _file =
        File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Writes all of it and waits until the device has it.</summary>
    public void Write(CancellationToken cancellationToken)
    {
        Array.Fill(_block, (byte)1);
        for (long at = 0; at < Size; at += BlockSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RandomAccess.Write(_file, _block, at);
        }

        RandomAccess.FlushToDisk(_file);
    }

    /// <summary>Reads all of it, from the device as far as the system drops its pages when asked to.</summary>
    public void Read(CancellationToken cancellationToken)
    {
        _ = Native.Advise(_file, 0, 0, DoNotNeed);
        for (long at = 0; at < Size; at += BlockSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (RandomAccess.Read(_file, _block, at) != BlockSize)
            {
                throw new InvalidDataException($"{path} ends at {at} bytes or above, before {Size}");
            }
        }
    }

    /// <summary>Closes and deletes it.</summary>
    public void Dispose()
    {
        _file.Dispose();
        File.Delete(path);
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "posix_fadvise")]
        internal static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
    }
}
