namespace Federation.Proofs.Curve;

/// <summary>
/// Operations of a kernel on spans, one block at a time, for callers that hold elements as numbers.
/// </summary>
internal static unsafe class FpLaneBlock<TKernel>
    where TKernel : struct, IFpLanes
{
    /// <summary>Limbs of eight integers in words, see <see cref="IFpLanes.Load"/>.</summary>
    public static void Load(ReadOnlySpan<ulong> words, Span<double> block)
    {
        Require(words.Length, FpAvx512.Words * FpAvx512.Lanes);
        Require(block.Length, FpAvx512.BlockLength);
        fixed (ulong* source = words)
        fixed (double* limbs = block)
        {
            TKernel.Load(source, FpAvx512.Words, limbs);
        }
    }

    /// <summary>Words of least representatives, see <see cref="IFpLanes.Save"/>.</summary>
    public static void Save(ReadOnlySpan<double> block, Span<ulong> words)
    {
        Require(words.Length, FpAvx512.Words * FpAvx512.Lanes);
        Require(block.Length, FpAvx512.BlockLength);
        fixed (ulong* destination = words)
        fixed (double* limbs = block)
        {
            TKernel.Save(limbs, destination, FpAvx512.Words);
        }
    }

    /// <summary>Products, see <see cref="IFpLanes.Multiply"/>.</summary>
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product)
    {
        Require(left.Length, FpAvx512.BlockLength);
        Require(right.Length, FpAvx512.BlockLength);
        Require(product.Length, FpAvx512.BlockLength);
        fixed (double* a = left, b = right, result = product)
        {
            TKernel.Multiply(a, b, result);
        }
    }

    private static void Require(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException($"A block of eight elements has {expected} numbers, not {length}.");
        }
    }
}
