using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Curve.FpAvx512;

namespace Federation.Proofs.Curve;

internal readonly unsafe partial struct FpFma
{
    // An integer below 2^52 in the low bits of the first's place, and so the sum of both, has its bits.
    private const double Whole = 1L << 52;

    private const ulong LimbMask48 = (1UL << LimbBits) - 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ulong* words, nint stride, double* block)
    {
        LoadWords(
            words, stride, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2,
            out Vector512<ulong> w3, out Vector512<ulong> w4, out Vector512<ulong> w5);
        Vector512<double> carry = Vector512<double>.Zero;
        StoreCarried(ToDouble(w0), block, ref carry);
        StoreCarried(ToDouble((w0 >>> 48) | (w1 << 16)), block + Lanes, ref carry);
        StoreCarried(ToDouble((w1 >>> 32) | (w2 << 32)), block + (2 * Lanes), ref carry);
        StoreCarried(ToDouble(w2 >>> 16), block + (3 * Lanes), ref carry);
        StoreCarried(ToDouble(w3), block + (4 * Lanes), ref carry);
        StoreCarried(ToDouble((w3 >>> 48) | (w4 << 16)), block + (5 * Lanes), ref carry);
        StoreCarried(ToDouble((w4 >>> 32) | (w5 << 32)), block + (6 * Lanes), ref carry);
        (ToDouble(w5 >>> 16) + carry).Store(block + (7 * Lanes));
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Save(double* block, ulong* words, nint stride)
    {
        double* limbs = stackalloc double[BlockLength], modulus = First(Modulus);
        Vector512<double> rounder = Vector512.Create(1.5 * Whole), carry = Vector512<double>.Zero;
        double* top = block + BlockLength - Lanes, topModulus = modulus + BlockLength - Lanes;
        Vector512<double> q = (Vector512.Load(top) / Vector512.Load(topModulus)) + rounder - rounder;
        for (int i = 0; i < BlockLength - Lanes; i += Lanes)
        {
            StoreUnsigned(
                Vector512.FusedMultiplyAdd(-q, Vector512.Load(modulus + i), Vector512.Load(block + i)),
                limbs + i, ref carry);
        }

        // Now within p/2 and a little: the negative ones want p.
        Vector512<double> last =
            Vector512.FusedMultiplyAdd(-q, Vector512.Load(topModulus), Vector512.Load(top)) + carry;
        Vector512<double> negative = Vector512.LessThan(last, Vector512<double>.Zero);
        carry = Vector512<double>.Zero;
        for (int i = 0; i < BlockLength - Lanes; i += Lanes)
        {
            StoreUnsigned(
                Vector512.Load(limbs + i) + (negative & Vector512.Load(modulus + i)), limbs + i, ref carry);
        }

        Vector512<ulong> l7 = ToInteger(last + (negative & Vector512.Load(topModulus)) + carry);
        Vector512<ulong> l1 = ToInteger(Vector512.Load(limbs + Lanes));
        Vector512<ulong> l2 = ToInteger(Vector512.Load(limbs + (2 * Lanes)));
        Vector512<ulong> l5 = ToInteger(Vector512.Load(limbs + (5 * Lanes)));
        Vector512<ulong> l6 = ToInteger(Vector512.Load(limbs + (6 * Lanes)));
        SaveWords(
            ToInteger(Vector512.Load(limbs)) | (l1 << 48),
            (l1 >>> 16) | (l2 << 32),
            (l2 >>> 32) | (ToInteger(Vector512.Load(limbs + (3 * Lanes))) << 16),
            ToInteger(Vector512.Load(limbs + (4 * Lanes))) | (l5 << 48),
            (l5 >>> 16) | (l6 << 32),
            (l6 >>> 32) | (l7 << 16),
            words,
            stride);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* left, double* right, double* sum) =>
        FpBlockSums.Add(left, right, sum, HighMagic, InverseLimb);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(double* left, double* right, double* difference) =>
        FpBlockSums.Subtract(left, right, difference, HighMagic, InverseLimb);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreCarried(Vector512<double> limb, double* destination, ref Vector512<double> carry) =>
        FpBlockSums.StoreCarried(limb, destination, HighMagic, InverseLimb, ref carry);

    // A limb from 0 to below 2^48, with the carry that comes in.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreUnsigned(Vector512<double> limb, double* destination, ref Vector512<double> carry)
    {
        limb += carry;
        carry = Vector512.Floor(limb * Vector512.Create(InverseLimb));
        Vector512.FusedMultiplyAdd(carry, Vector512.Create(-1.0 / InverseLimb), limb).Store(destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector512<ulong> bits) =>
        ((bits & Vector512.Create(LimbMask48)) | Vector512.Create(Whole).AsUInt64()).AsDouble()
        - Vector512.Create(Whole);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> ToInteger(Vector512<double> limb) =>
        (limb + Vector512.Create(Whole)).AsUInt64() & Vector512.Create(LimbMask48);
}
