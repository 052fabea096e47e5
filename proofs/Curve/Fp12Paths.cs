using System.Runtime.CompilerServices;

namespace Federation.Proofs.Curve;

/// <summary><see cref="Fp12Lanes{TKernel}"/> by the best instructions that the machine has.</summary>
internal static class Fp12Paths
{
    /// <summary>True where it has any.</summary>
    public static bool HasLanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => FpAvx512.IsSupported || FpAvx2.IsSupported;
    }

    /// <summary>Product.</summary>
    public static Fp12 Multiply(in Fp12 left, in Fp12 right) => FpAvx512.IsSupported
        ? Fp12Lanes<FpAvx512>.Multiply(left, right)
        : Fp12Lanes<FpAvx2>.Multiply(left, right);

    /// <summary>Power as <see cref="Fp12.CyclotomicPowerOfX"/>.</summary>
    public static Fp12 CyclotomicPowerOfX(in Fp12 value) => FpAvx512.IsSupported
        ? Fp12Lanes<FpAvx512>.CyclotomicPowerOfX(value)
        : Fp12Lanes<FpAvx2>.CyclotomicPowerOfX(value);

    /// <summary>The loop of <see cref="Pairing.MillerLoop"/>, of points of which none is infinity.</summary>
    public static Fp12 MillerLoop(ReadOnlySpan<G1Affine> p, ReadOnlySpan<G2Prepared> q) => FpAvx512.IsSupported
        ? Fp12Lanes<FpAvx512>.MillerLoop(p, q)
        : Fp12Lanes<FpAvx2>.MillerLoop(p, q);
}
