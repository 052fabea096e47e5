using System.Runtime.CompilerServices;

namespace Federation.Proofs.Curve;

internal readonly unsafe partial struct FpAvx512 : IFpBlocks
{
    /// <inheritdoc/>
    public static Fp EnterFactor { get; } = Fp.FromUInt64(1UL << 32);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void MultiplyQuadratic(double* left, double* right, double* product)
    {
        double* low = stackalloc double[4 * BlockLength], high = low + BlockLength;
        double* one = high + BlockLength, other = one + BlockLength;
        Multiply(left, right, low);
        Multiply(left + BlockLength, right + BlockLength, high);
        Add(left, left + BlockLength, one);
        Add(right, right + BlockLength, other);
        Multiply(one, other, one);
        Subtract(low, high, product);
        Subtract(one, low, one);
        Subtract(one, high, product + BlockLength);
    }
}
