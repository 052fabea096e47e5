using System.Runtime.InteropServices;

namespace Federation.Proofs.Msm;

/// <summary>Elements outside the managed heap, aligned for vectors, zero at first. The owner disposes of it.</summary>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;

    /// <summary>Reserves so many elements.</summary>
    public NativeArray(long count)
    {
        nuint bytes = checked((nuint)count * (nuint)sizeof(T));
        First = (T*)NativeMemory.AlignedAlloc(Math.Max(bytes, 1), Alignment);
        NativeMemory.Clear(First, bytes);
        Count = count;
    }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>The first element; null once disposed.</summary>
    public T* First { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(First);
        First = null;
    }
}
