using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Fields;

/// <summary>
/// Products of 52-bit limbs by fused multiplication of doubles, lane by lane, parted between their two columns. The
/// magic numbers are the kernel's: they place the parts, and its columns start less what they add.
/// </summary>
internal static class LimbProducts
{
    /// <summary>Adds a product of at most 2^103 in magnitude, its lower part rounded to nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(
        Vector256<double> a, Vector256<double> b, Vector256<double> high, Vector256<double> low,
        ref Vector256<long> lowColumn, ref Vector256<long> highColumn)
    {
        Vector256<double> upper = Fma.MultiplyAdd(a, b, high);
        Vector256<double> lower = Fma.MultiplyAdd(a, b, high - upper);
        highColumn += upper.AsInt64();
        lowColumn += (lower + low).AsInt64();
    }

    /// <summary>Adds a product of at most 2^103 in magnitude, cut towards zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(
        Vector512<double> a, Vector512<double> b, Vector512<double> high, Vector512<double> both,
        ref Vector512<long> lowColumn, ref Vector512<long> highColumn)
    {
        Vector512<double> upper = Avx512F.FusedMultiplyAdd(a, b, high, FloatRoundingMode.ToZero);
        Vector512<double> lower = Avx512F.FusedMultiplyAdd(a, b, both - upper);
        highColumn += upper.AsInt64();
        lowColumn += lower.AsInt64();
    }
}
