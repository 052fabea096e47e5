using System.Runtime.InteropServices;

namespace Federation.Proofs.Fields;

/// <summary>Blocks outside the managed heap, aligned for vectors. The owner disposes it; not before the last
/// use.</summary>
public sealed unsafe class FrBlockBuffer : IDisposable
{
    private FrBlock* _blocks;

    /// <summary>Reserves so many blocks, all elements zero.</summary>
    public FrBlockBuffer(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        nuint bytes = (nuint)count * FrBlock.SizeBytes;
        _blocks = (FrBlock*)NativeMemory.AlignedAlloc(bytes, FrBlock.Alignment);
        NativeMemory.Clear(_blocks, bytes);
        Count = count;
    }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>The blocks.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public Span<FrBlock> Blocks
    {
        get
        {
            ObjectDisposedException.ThrowIf(_blocks is null, this);
            return new Span<FrBlock>(_blocks, Count);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_blocks);
        _blocks = null;
    }
}
