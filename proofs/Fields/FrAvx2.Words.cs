using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx2
{
    /// <inheritdoc/>
    public static void Split(ulong* words, double* limbs)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            ulong* w = words + (quarter * Width);
            Vector256<ulong> w0 = Vector256.Load(w), w1 = Vector256.Load(w + FrBlock.Elements);
            Vector256<ulong> w2 = Vector256.Load(w + (2 * FrBlock.Elements));
            Vector256<ulong> w3 = Vector256.Load(w + (3 * FrBlock.Elements));
            Vector256<ulong> mask = Vector256.Create((ulong)LimbMask);
            StoreIntegers(
                (w0 & mask).AsInt64(),
                (((w0 >>> 52) | (w1 << 12)) & mask).AsInt64(),
                (((w1 >>> 40) | (w2 << 24)) & mask).AsInt64(),
                (((w2 >>> 28) | (w3 << 36)) & mask).AsInt64(),
                (w3 >>> 16).AsInt64(),
                limbs + Offset(quarter));
        }
    }

    /// <inheritdoc/>
    public static void WriteCanonical(double* value, long* columns, ulong* words)
    {
        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            WriteCanonicalQuarter(value + Offset(quarter), columns, words + (quarter * Width));
        }
    }

    private static void WriteCanonicalQuarter(double* value, long* columns, ulong* words)
    {
        Vector256<double> high = Vector256.Create(HighMagic), low = Vector256.Create(SignedMagic);
        Vector256<long> t0 = Start(columns, 0, 0) + LoadLimb(value);
        Vector256<long> t1 = Start(columns, 1, 0) + LoadLimb(value + Lanes);
        Vector256<long> t2 = Start(columns, 2, 0) + LoadLimb(value + (2 * Lanes));
        Vector256<long> t3 = Start(columns, 3, 0) + LoadLimb(value + (3 * Lanes));
        Vector256<long> t4 = Start(columns, 4, 0) + LoadLimb(value + (4 * Lanes));
        Vector256<long> t5 = Start(columns, 5, 0), t6 = Start(columns, 6, 0);
        Vector256<long> t7 = Start(columns, 7, 0), t8 = Start(columns, 8, 0);
        Vector256<long> t9 = Start(columns, 9, 0);
        Reduce(high, low, t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(high, low, t1, ref t2, ref t3, ref t4, ref t5, ref t6);
        Reduce(high, low, t2, ref t3, ref t4, ref t5, ref t6, ref t7);
        Reduce(high, low, t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        ReduceLast(high, low, t4, ref t5, ref t6, ref t7, ref t8, ref t9);

        // The sum was below 16·r and its quotient by 2^260 is nothing beside r/2: the result lies between -r and r.
        t5 -= Vector256.Create(Raise(0));
        t6 -= Vector256.Create(Raise(1));
        t7 -= Vector256.Create(Raise(2));
        t8 -= Vector256.Create(Raise(3));
        t9 -= Vector256.Create(Raise(4));
        Carry(ref t5, ref t6, ref t7, ref t8, ref t9);
        Vector256<long> negative = Vector256.LessThan(t9, Vector256<long>.Zero);
        t5 += negative & Vector256.Create(FrAvx512.Modulus0);
        t6 += negative & Vector256.Create(FrAvx512.Modulus1);
        t7 += negative & Vector256.Create(FrAvx512.Modulus2);
        t8 += negative & Vector256.Create(FrAvx512.Modulus3);
        t9 += negative & Vector256.Create(FrAvx512.Modulus4);
        Carry(ref t5, ref t6, ref t7, ref t8, ref t9);

        (t5 | Vector256.ShiftLeft(t6, 52)).AsUInt64().Store(words);
        (Vector256.ShiftRightLogical(t6, 12) | Vector256.ShiftLeft(t7, 40)).AsUInt64()
            .Store(words + FrBlock.Elements);
        (Vector256.ShiftRightLogical(t7, 24) | Vector256.ShiftLeft(t8, 28)).AsUInt64()
            .Store(words + (2 * FrBlock.Elements));
        (Vector256.ShiftRightLogical(t8, 36) | Vector256.ShiftLeft(t9, 16)).AsUInt64()
            .Store(words + (3 * FrBlock.Elements));
    }

    // Limbs from 0 to 2^52 - 1 but for the last, which takes the sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        ref Vector256<long> t0, ref Vector256<long> t1, ref Vector256<long> t2, ref Vector256<long> t3,
        ref Vector256<long> t4)
    {
        Vector256<long> mask = Vector256.Create(LimbMask);
        t1 += ShiftRight52(t0);
        t2 += ShiftRight52(t1);
        t3 += ShiftRight52(t2);
        t4 += ShiftRight52(t3);
        t0 &= mask;
        t1 &= mask;
        t2 &= mask;
        t3 &= mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> ShiftRight52(Vector256<long> value)
    {
        Vector256<long> raised = value ^ Vector256.Create(long.MinValue);
        return Carry(raised) - Vector256.Create(CarryOffset);
    }
}
