using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx2
{
    /// <inheritdoc/>
    public static Fr FactorScale => FrDigits.FromFr;

    /// <inheritdoc/>
    public static double* Factor(double* blocks, int index) => FrTransposition.Factor(blocks, index);

    /// <inheritdoc/>
    public static void Transpose(double* blocks) => FrTransposition.Transpose(blocks);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(Fr* source, nint stride, double* block)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            LoadQuarter((ulong*)(source + (quarter * Width * stride)), 4 * stride, block + Offset(quarter));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(double* block, Fr* destination, nint stride)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            StoreQuarter(block + Offset(quarter), (ulong*)(destination + (quarter * Width * stride)), 4 * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadQuarter(ulong* source, nint stride, double* limbs)
    {
        FrTransposition.Load(
            source, stride, out Vector256<ulong> w0, out Vector256<ulong> w1, out Vector256<ulong> w2,
            out Vector256<ulong> w3);
        Vector256<ulong> mask = Vector256.Create((ulong)LimbMask);

        // Half of the elements lie above r/2: less r, all are within r/2.
        Vector256<long> t4 = (w3 >>> 16).AsInt64();
        Vector256<long> above = Vector256.GreaterThan(t4, Vector256.Create(FrModulusDigits.HalfLimb4));
        StoreIntegers(
            (w0 & mask).AsInt64() - (above & Vector256.Create(FrAvx512.Modulus0)),
            (((w0 >>> 52) | (w1 << 12)) & mask).AsInt64() - (above & Vector256.Create(FrAvx512.Modulus1)),
            (((w1 >>> 40) | (w2 << 24)) & mask).AsInt64() - (above & Vector256.Create(FrAvx512.Modulus2)),
            (((w2 >>> 28) | (w3 << 36)) & mask).AsInt64() - (above & Vector256.Create(FrAvx512.Modulus3)),
            t4 - (above & Vector256.Create(FrAvx512.Modulus4)),
            limbs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarter(double* limbs, ulong* destination, nint stride)
    {
        Vector256<double> rounder = Vector256.Create(FrModulusDigits.Rounder);
        Vector256<long> q = Fma.MultiplyAdd(
            Vector256.Load(limbs + (4 * Lanes)), Vector256.Create(FrModulusDigits.Quotients), rounder).AsInt64()
            - rounder.AsInt64();
        Vector256<long> t0 = LoadLimb(limbs) - Times(q, FrAvx512.Modulus0);
        Vector256<long> t1 = LoadLimb(limbs + Lanes) - Times(q, FrAvx512.Modulus1);
        Vector256<long> t2 = LoadLimb(limbs + (2 * Lanes)) - Times(q, FrAvx512.Modulus2);
        Vector256<long> t3 = LoadLimb(limbs + (3 * Lanes)) - Times(q, FrAvx512.Modulus3);
        Vector256<long> t4 = LoadLimb(limbs + (4 * Lanes)) - Times(q, FrAvx512.Modulus4);

        // Now within r/2 and a little.
        Carry(ref t0, ref t1, ref t2, ref t3, ref t4);
        Vector256<long> negative = Vector256.LessThan(t4, Vector256<long>.Zero);
        t0 += negative & Vector256.Create(FrAvx512.Modulus0);
        t1 += negative & Vector256.Create(FrAvx512.Modulus1);
        t2 += negative & Vector256.Create(FrAvx512.Modulus2);
        t3 += negative & Vector256.Create(FrAvx512.Modulus3);
        t4 += negative & Vector256.Create(FrAvx512.Modulus4);
        Carry(ref t0, ref t1, ref t2, ref t3, ref t4);

        FrTransposition.Store(
            (t0 | Vector256.ShiftLeft(t1, 52)).AsUInt64(),
            (Vector256.ShiftRightLogical(t1, 12) | Vector256.ShiftLeft(t2, 40)).AsUInt64(),
            (Vector256.ShiftRightLogical(t2, 24) | Vector256.ShiftLeft(t3, 28)).AsUInt64(),
            (Vector256.ShiftRightLogical(t3, 36) | Vector256.ShiftLeft(t4, 16)).AsUInt64(),
            destination,
            stride);
    }

    // The quotient is small: a signed product of 32 bits for each half of the limb.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Times(Vector256<long> q, long limb)
    {
        Vector256<long> low = Avx2.Multiply(q.AsInt32(), Vector256.Create(limb & ((1L << 26) - 1)).AsInt32());
        Vector256<long> high = Avx2.Multiply(q.AsInt32(), Vector256.Create(limb >> 26).AsInt32());
        return low + Vector256.ShiftLeft(high, 26);
    }
}
