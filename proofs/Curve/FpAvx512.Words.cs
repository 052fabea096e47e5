using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Curve;

internal readonly unsafe partial struct FpAvx512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ulong* words, nint stride, double* block)
    {
        LoadWords(
            words, stride, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2,
            out Vector512<ulong> w3, out Vector512<ulong> w4, out Vector512<ulong> w5);
        Vector512<ulong> mask = Vector512.Create((ulong)LimbMask);
        Store(
            (w0 & mask).AsInt64(),
            (((w0 >>> 52) | (w1 << 12)) & mask).AsInt64(),
            (((w1 >>> 40) | (w2 << 24)) & mask).AsInt64(),
            (((w2 >>> 28) | (w3 << 36)) & mask).AsInt64(),
            (((w3 >>> 16) | (w4 << 48)) & mask).AsInt64(),
            ((w4 >>> 4) & mask).AsInt64(),
            (((w4 >>> 56) | (w5 << 8)) & mask).AsInt64(),
            (w5 >>> 44).AsInt64(),
            block);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Save(double* block, ulong* words, nint stride)
    {
        long* modulus = First(UnsignedModulusLimbs);
        Vector512<double> rounder = Vector512.Create(Rounder);
        Vector512<double> top = Avx512F.FusedMultiplyAdd(
            Vector512.Load(block + (6 * Lanes)), Vector512.Create(InverseLimb), Vector512.Load(block + (7 * Lanes)));
        Vector512<long> q = Avx512DQ.ConvertToVector512Int64(
            Avx512F.FusedMultiplyAdd(top, Vector512.Create(Quotients), rounder) - rounder);
        Vector512<long> t0 = Less(block, q, modulus);
        Vector512<long> t1 = Less(block + Lanes, q, modulus + 1) + Vector512.ShiftRightArithmetic(t0, 52);
        Vector512<long> t2 = Less(block + (2 * Lanes), q, modulus + 2) + Vector512.ShiftRightArithmetic(t1, 52);
        Vector512<long> t3 = Less(block + (3 * Lanes), q, modulus + 3) + Vector512.ShiftRightArithmetic(t2, 52);
        Vector512<long> t4 = Less(block + (4 * Lanes), q, modulus + 4) + Vector512.ShiftRightArithmetic(t3, 52);
        Vector512<long> t5 = Less(block + (5 * Lanes), q, modulus + 5) + Vector512.ShiftRightArithmetic(t4, 52);
        Vector512<long> t6 = Less(block + (6 * Lanes), q, modulus + 6) + Vector512.ShiftRightArithmetic(t5, 52);
        Vector512<long> t7 = Less(block + (7 * Lanes), q, modulus + 7) + Vector512.ShiftRightArithmetic(t6, 52);

        // Now within p/2 and a little: the negative ones want p.
        Vector512<long> mask = Vector512.Create(LimbMask), negative = Vector512.ShiftRightArithmetic(t7, 63);
        t0 = (t0 & mask) + (negative & Vector512.Create(modulus[0]));
        t1 = (t1 & mask) + (negative & Vector512.Create(modulus[1])) + Vector512.ShiftRightArithmetic(t0, 52);
        t2 = (t2 & mask) + (negative & Vector512.Create(modulus[2])) + Vector512.ShiftRightArithmetic(t1, 52);
        t3 = (t3 & mask) + (negative & Vector512.Create(modulus[3])) + Vector512.ShiftRightArithmetic(t2, 52);
        t4 = (t4 & mask) + (negative & Vector512.Create(modulus[4])) + Vector512.ShiftRightArithmetic(t3, 52);
        t5 = (t5 & mask) + (negative & Vector512.Create(modulus[5])) + Vector512.ShiftRightArithmetic(t4, 52);
        t6 = (t6 & mask) + (negative & Vector512.Create(modulus[6])) + Vector512.ShiftRightArithmetic(t5, 52);
        t7 += (negative & Vector512.Create(modulus[7])) + Vector512.ShiftRightArithmetic(t6, 52);
        Vector512<ulong> u0 = (t0 & mask).AsUInt64(), u1 = (t1 & mask).AsUInt64(), u2 = (t2 & mask).AsUInt64();
        Vector512<ulong> u3 = (t3 & mask).AsUInt64(), u4 = (t4 & mask).AsUInt64(), u5 = (t5 & mask).AsUInt64();
        Vector512<ulong> u6 = (t6 & mask).AsUInt64(), u7 = t7.AsUInt64();
        SaveWords(
            u0 | (u1 << 52), (u1 >>> 12) | (u2 << 40), (u2 >>> 24) | (u3 << 28), (u3 >>> 36) | (u4 << 16),
            (u4 >>> 48) | (u5 << 4) | (u6 << 56), (u6 >>> 8) | (u7 << 44), words, stride);
    }

    /// <summary>Word i of eight elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LoadWords(
        ulong* words, nint stride, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2,
        out Vector512<ulong> w3, out Vector512<ulong> w4, out Vector512<ulong> w5)
    {
        ulong* upper = words + (Lanes / 2 * stride);
        FrTransposition.Load(
            words, stride, out Vector256<ulong> a0, out Vector256<ulong> a1, out Vector256<ulong> a2,
            out Vector256<ulong> a3);
        FrTransposition.Load(words + 2, stride, out _, out _, out Vector256<ulong> a4, out Vector256<ulong> a5);
        FrTransposition.Load(
            upper, stride, out Vector256<ulong> b0, out Vector256<ulong> b1, out Vector256<ulong> b2,
            out Vector256<ulong> b3);
        FrTransposition.Load(upper + 2, stride, out _, out _, out Vector256<ulong> b4, out Vector256<ulong> b5);
        w0 = Vector512.Create(a0, b0);
        w1 = Vector512.Create(a1, b1);
        w2 = Vector512.Create(a2, b2);
        w3 = Vector512.Create(a3, b3);
        w4 = Vector512.Create(a4, b4);
        w5 = Vector512.Create(a5, b5);
    }

    /// <summary>Writes what <see cref="LoadWords"/> reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SaveWords(
        Vector512<ulong> w0, Vector512<ulong> w1, Vector512<ulong> w2, Vector512<ulong> w3, Vector512<ulong> w4,
        Vector512<ulong> w5, ulong* words, nint stride)
    {
        ulong* upper = words + (Lanes / 2 * stride);
        FrTransposition.Store(w0.GetLower(), w1.GetLower(), w2.GetLower(), w3.GetLower(), words, stride);
        FrTransposition.Store(w2.GetLower(), w3.GetLower(), w4.GetLower(), w5.GetLower(), words + 2, stride);
        FrTransposition.Store(w0.GetUpper(), w1.GetUpper(), w2.GetUpper(), w3.GetUpper(), upper, stride);
        FrTransposition.Store(w2.GetUpper(), w3.GetUpper(), w4.GetUpper(), w5.GetUpper(), upper + 2, stride);
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
    private static Vector512<long> Less(double* limb, Vector512<long> q, long* modulus) =>
        Avx512DQ.ConvertToVector512Int64(Vector512.Load(limb))
            - Avx512DQ.MultiplyLow(q, Vector512.Create(*modulus));
}
