using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Labels;

/// <summary>
/// Memory outside the managed heap, longer than an array can be, aligned to cache lines. The owner disposes it.
/// </summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private const int Alignment = 64;

    // A quarter of a second of the system's time, at most.
    private const long LargeSize = 1L << 30;

    private readonly bool _isMapped;

    /// <summary>Reserves the bytes; the system gives pages as they are first written.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="hugePages">Ask the system for huge pages, which spare random reads a walk of the page
    /// tables.</param>
    public NativeBuffer(long size, bool hugePages = false)
    {
        Size = size;
        var isHuge = hugePages && size >= HugePages.Size;
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)size, isHuge ? (nuint)HugePages.Size : Alignment);
        if (isHuge)
        {
            HugePages.Advise(Pointer, size);
        }
    }

    private NativeBuffer(byte* mapped, long size)
    {
        Pointer = mapped;
        Size = size;
        _isMapped = true;
    }

    /// <summary>Bytes that may be used.</summary>
    public long Size { get; }

    /// <summary>The first byte; null once disposed.</summary>
    public byte* Pointer { get; private set; }

    /// <summary>Memory of zeros whose pages lie in a file without a name.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="path">The name that the file has for a moment.</param>
    /// <param name="cancellationToken">Ends the reservation of its room.</param>
    /// <exception cref="IOException">The disk has no room.</exception>
    public static NativeBuffer Map(long size, string path, CancellationToken cancellationToken) =>
        new(MappedMemory.Map(path, size, cancellationToken), size);

    /// <summary>Memory whose pages are a part of a file.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static NativeBuffer Map(SafeFileHandle file, long offset, long size) =>
        new(MappedMemory.Map(file, offset, size), size);

    /// <summary>A part as a span.</summary>
    public Span<byte> Span(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Size);
        return new Span<byte>(Pointer + offset, length);
    }

    /// <summary>
    /// Gives the memory back. The system takes seconds for tens of GiB in small pages: a large buffer goes behind the
    /// caller's back, so that who is cancelled ends at once.
    /// </summary>
    public void Dispose()
    {
        var start = (nint)Pointer;
        Pointer = null;
        if (start == 0)
        {
            return;
        }

        if (Size >= LargeSize)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static buffer => buffer.Owner.Free(buffer.Start), (Owner: this, Start: start), preferLocal: false);
            return;
        }

        Free(start);
    }

    private void Free(nint start)
    {
        if (_isMapped)
        {
            MappedMemory.Unmap((byte*)start, Size);
        }
        else
        {
            NativeMemory.AlignedFree((void*)start);
        }
    }
}
