using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Federation.Proofs.Fields.FrColumns;

namespace Federation.Proofs.Fields;

internal readonly unsafe partial struct FrAvx512
{
    private const long LimbMask = (1L << FrBlock.LimbBits) - 1;

    // r, limb by limb, unsigned.
    internal const long Modulus0 = 0xfffff_00000001;
    internal const long Modulus1 = 0x2fff_e5bfefff;
    internal const long Modulus2 = 0x9a1d8_0553bda4;
    internal const long Modulus3 = 0x7d483_339d8080;
    internal const long Modulus4 = 0x73ed_a753299d;

    /// <inheritdoc/>
    public static void Split(ulong* words, double* limbs)
    {
        for (int group = 0; group < 2; group++)
        {
            ulong* w = words + (group * Lanes);
            Vector512<ulong> w0 = Vector512.Load(w), w1 = Vector512.Load(w + FrBlock.Elements);
            Vector512<ulong> w2 = Vector512.Load(w + (2 * FrBlock.Elements));
            Vector512<ulong> w3 = Vector512.Load(w + (3 * FrBlock.Elements));
            Vector512<ulong> mask = Vector512.Create((ulong)LimbMask);
            Store(
                (w0 & mask).AsInt64(),
                (((w0 >>> 52) | (w1 << 12)) & mask).AsInt64(),
                (((w1 >>> 40) | (w2 << 24)) & mask).AsInt64(),
                (((w2 >>> 28) | (w3 << 36)) & mask).AsInt64(),
                (w3 >>> 16).AsInt64(),
                limbs + (group * Group));
        }
    }

    /// <inheritdoc/>
    public static void WriteCanonical(double* value, long* columns, ulong* words)
    {
        WriteCanonicalGroup(value, columns, words);
        WriteCanonicalGroup(value + Group, columns, words + Lanes);
    }

    private static void WriteCanonicalGroup(double* value, long* columns, ulong* words)
    {
        Vector512<double> high = Vector512.Create(HighMagic), both = Vector512.Create(HighMagic + LowMagic);
        Vector512<long> t0 = Vector512.Create(columns[0]) + LoadLimb(value);
        Vector512<long> t1 = Vector512.Create(columns[1]) + LoadLimb(value + Lanes);
        Vector512<long> t2 = Vector512.Create(columns[2]) + LoadLimb(value + (2 * Lanes));
        Vector512<long> t3 = Vector512.Create(columns[3]) + LoadLimb(value + (3 * Lanes));
        Vector512<long> t4 = Vector512.Create(columns[4]) + LoadLimb(value + (4 * Lanes));
        Vector512<long> t5 = Vector512.Create(columns[5]), t6 = Vector512.Create(columns[6]);
        Vector512<long> t7 = Vector512.Create(columns[7]), t8 = Vector512.Create(columns[8]);
        Vector512<long> t9 = Vector512.Create(columns[9]);
        Reduce(high, both, t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        Reduce(high, both, t1, ref t2, ref t3, ref t4, ref t5, ref t6);
        Reduce(high, both, t2, ref t3, ref t4, ref t5, ref t6, ref t7);
        Reduce(high, both, t3, ref t4, ref t5, ref t6, ref t7, ref t8);
        ReduceLast(high, both, t4, ref t5, ref t6, ref t7, ref t8, ref t9);

        // The sum was below 16·r and its quotient by 2^260 is nothing beside r/2: the result lies between -r and r.
        Carry(ref t5, ref t6, ref t7, ref t8, ref t9);
        Vector512<long> negative = Vector512.ShiftRightArithmetic(t9, 63);
        t5 += negative & Vector512.Create(Modulus0);
        t6 += negative & Vector512.Create(Modulus1);
        t7 += negative & Vector512.Create(Modulus2);
        t8 += negative & Vector512.Create(Modulus3);
        t9 += negative & Vector512.Create(Modulus4);
        Carry(ref t5, ref t6, ref t7, ref t8, ref t9);

        (t5 | Vector512.ShiftLeft(t6, 52)).AsUInt64().Store(words);
        (Vector512.ShiftRightLogical(t6, 12) | Vector512.ShiftLeft(t7, 40)).AsUInt64()
            .Store(words + FrBlock.Elements);
        (Vector512.ShiftRightLogical(t7, 24) | Vector512.ShiftLeft(t8, 28)).AsUInt64()
            .Store(words + (2 * FrBlock.Elements));
        (Vector512.ShiftRightLogical(t8, 36) | Vector512.ShiftLeft(t9, 16)).AsUInt64()
            .Store(words + (3 * FrBlock.Elements));
    }

    // Limbs from 0 to 2^52 - 1 but for the last, which takes the sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        ref Vector512<long> t0, ref Vector512<long> t1, ref Vector512<long> t2, ref Vector512<long> t3,
        ref Vector512<long> t4)
    {
        Vector512<long> mask = Vector512.Create(LimbMask);
        t1 += Vector512.ShiftRightArithmetic(t0, 52);
        t2 += Vector512.ShiftRightArithmetic(t1, 52);
        t3 += Vector512.ShiftRightArithmetic(t2, 52);
        t4 += Vector512.ShiftRightArithmetic(t3, 52);
        t0 &= mask;
        t1 &= mask;
        t2 &= mask;
        t3 &= mask;
    }
}
