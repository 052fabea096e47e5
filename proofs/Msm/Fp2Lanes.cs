using System.Runtime.CompilerServices;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>The quadratic extension, eight elements at a time; a product by three of the base field.</summary>
internal readonly unsafe struct Fp2Lanes : ILaneField<Fp2>
{
    private const int Block = FpAvx512.BlockLength;

    /// <inheritdoc/>
    public static int Components => 2;

    /// <inheritdoc/>
    public static Fp2 EnterFactor { get; } = new(FpLanes.EnterFactor, Fp.Zero);

    /// <inheritdoc/>
    public static Fp2 LeaveFactor { get; } = new(FpLanes.LeaveFactor, Fp.Zero);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public static void Multiply(double* left, double* right, double* product)
    {
        double* low = stackalloc double[4 * Block], high = low + Block, one = high + Block, other = one + Block;
        FpAvx512.Multiply(left, right, low);
        FpAvx512.Multiply(left + Block, right + Block, high);
        FpAvx512.Add(left, left + Block, one);
        FpAvx512.Add(right, right + Block, other);
        FpAvx512.Multiply(one, other, one);
        FpAvx512.Subtract(low, high, product);
        FpAvx512.Subtract(one, low, one);
        FpAvx512.Subtract(one, high, product + Block);
    }
}
