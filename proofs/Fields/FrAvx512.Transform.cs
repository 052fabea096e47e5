using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx512
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
        LoadGroup((ulong*)source, 4 * stride, block);
        LoadGroup((ulong*)(source + (Lanes * stride)), 4 * stride, block + Group);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(double* block, Fr* destination, nint stride)
    {
        StoreGroup(block, (ulong*)destination, 4 * stride);
        StoreGroup(block + Group, (ulong*)(destination + (Lanes * stride)), 4 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadGroup(ulong* source, nint stride, double* limbs)
    {
        FrTransposition.Load(
            source, stride, out Vector256<ulong> a0, out Vector256<ulong> a1, out Vector256<ulong> a2,
            out Vector256<ulong> a3);
        FrTransposition.Load(
            source + (4 * stride), stride, out Vector256<ulong> b0, out Vector256<ulong> b1, out Vector256<ulong> b2,
            out Vector256<ulong> b3);
        Vector512<ulong> w0 = Vector512.Create(a0, b0), w1 = Vector512.Create(a1, b1);
        Vector512<ulong> w2 = Vector512.Create(a2, b2), w3 = Vector512.Create(a3, b3);
        Vector512<ulong> mask = Vector512.Create((ulong)LimbMask);

        // Half of the elements lie above r/2: less r, all are within r/2.
        Vector512<long> t4 = (w3 >>> 16).AsInt64();
        Vector512<long> above = Vector512.GreaterThan(t4, Vector512.Create(FrModulusDigits.HalfLimb4));
        Store(
            (w0 & mask).AsInt64() - (above & Vector512.Create(Modulus0)),
            (((w0 >>> 52) | (w1 << 12)) & mask).AsInt64() - (above & Vector512.Create(Modulus1)),
            (((w1 >>> 40) | (w2 << 24)) & mask).AsInt64() - (above & Vector512.Create(Modulus2)),
            (((w2 >>> 28) | (w3 << 36)) & mask).AsInt64() - (above & Vector512.Create(Modulus3)),
            t4 - (above & Vector512.Create(Modulus4)),
            limbs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreGroup(double* limbs, ulong* destination, nint stride)
    {
        Vector512<double> rounder = Vector512.Create(FrModulusDigits.Rounder);
        Vector512<double> quotient = Avx512F.FusedMultiplyAdd(
            Vector512.Load(limbs + (4 * Lanes)), Vector512.Create(FrModulusDigits.Quotients), rounder) - rounder;
        Vector512<long> q = Avx512DQ.ConvertToVector512Int64(quotient);
        Vector512<long> t0 = LoadLimb(limbs) - Times(q, Modulus0);
        Vector512<long> t1 = LoadLimb(limbs + Lanes) - Times(q, Modulus1);
        Vector512<long> t2 = LoadLimb(limbs + (2 * Lanes)) - Times(q, Modulus2);
        Vector512<long> t3 = LoadLimb(limbs + (3 * Lanes)) - Times(q, Modulus3);
        Vector512<long> t4 = LoadLimb(limbs + (4 * Lanes)) - Times(q, Modulus4);

        // Now within r/2 and a little.
        Carry(ref t0, ref t1, ref t2, ref t3, ref t4);
        Vector512<long> negative = Vector512.ShiftRightArithmetic(t4, 63);
        t0 += negative & Vector512.Create(Modulus0);
        t1 += negative & Vector512.Create(Modulus1);
        t2 += negative & Vector512.Create(Modulus2);
        t3 += negative & Vector512.Create(Modulus3);
        t4 += negative & Vector512.Create(Modulus4);
        Carry(ref t0, ref t1, ref t2, ref t3, ref t4);

        Vector512<ulong> w0 = (t0 | Vector512.ShiftLeft(t1, 52)).AsUInt64();
        Vector512<ulong> w1 = (Vector512.ShiftRightLogical(t1, 12) | Vector512.ShiftLeft(t2, 40)).AsUInt64();
        Vector512<ulong> w2 = (Vector512.ShiftRightLogical(t2, 24) | Vector512.ShiftLeft(t3, 28)).AsUInt64();
        Vector512<ulong> w3 = (Vector512.ShiftRightLogical(t3, 36) | Vector512.ShiftLeft(t4, 16)).AsUInt64();
        FrTransposition.Store(
            w0.GetLower(), w1.GetLower(), w2.GetLower(), w3.GetLower(), destination, stride);
        FrTransposition.Store(
            w0.GetUpper(), w1.GetUpper(), w2.GetUpper(), w3.GetUpper(), destination + (4 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Times(Vector512<long> q, long limb) =>
        Avx512DQ.MultiplyLow(q, Vector512.Create(limb));
}
