using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Labels;

/// <summary>
/// Room on a disk for the layers of sectors in lanes: taken as a whole before anything is computed, so that what runs
/// beside it counts no byte of it as free, and given back with the process at the latest. Not thread-safe.
/// </summary>
internal sealed class LaneScratch : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly long _size;
    private long _taken;

    private LaneScratch(SafeFileHandle file, long size) => (_file, _size) = (file, size);

    /// <summary>Reserves the room.</summary>
    /// <param name="folder">Folder on the disk.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="what">What needs them, for the refusal.</param>
    /// <param name="cancellationToken">Ends the reservation.</param>
    /// <exception cref="IOException">
    /// The disk has no room; the sentence says what is needed and what is free.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LaneScratch Reserve(string folder, long size, string what, CancellationToken cancellationToken)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < size)
        {
            throw new IOException($"{folder} has {MiB(free)} MiB free, the layers of {what} need {MiB(size)} MiB "
                + "there");
        }

        var path = Path.Combine(folder, $"lanes-{Guid.NewGuid():n}.tmp");
        return new LaneScratch(MappedMemory.Reserve(path, size, cancellationToken), size);
    }

    /// <summary>What a part of so many bytes takes.</summary>
    public static long WholePages(long size) =>
        (size + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;

    /// <summary>The next part of the room, as memory of zeros.</summary>
    /// <exception cref="IOException">The system does not map it.</exception>
    public NativeBuffer Take(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, _size - _taken);
        var part = NativeBuffer.Map(_file, _taken, size);
        _taken += WholePages(size);
        return part;
    }

    /// <summary>Parts that were taken stay until they are disposed themselves.</summary>
    public void Dispose() => _file.Dispose();

    private static string MiB(long bytes) => (bytes >> 20).ToString(CultureInfo.InvariantCulture);
}
