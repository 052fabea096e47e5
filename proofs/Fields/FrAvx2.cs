using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Fields.FrColumns;
using static Federation.Proofs.Fields.LimbProducts;

namespace Federation.Proofs.Fields;

/// <summary>
/// Arithmetic on <see cref="FrBlock"/> with the double-precision FMA that comes with AVX2, four lanes at a time. As
/// <see cref="FrAvx512"/>, but the instructions round to nearest: the rest of a limb product has a sign, and one more
/// addition makes an integer of it. What 64-bit shifts and conversions AVX2 lacks is made of bits and additions, and
/// its offsets are taken off the starting values. Limbs that come out are at most 2^51. Allocation-free, safe to call
/// from many threads.
/// </summary>
internal readonly unsafe partial struct FrAvx2 : IFrKernel
{
    private const int Group = FrBlock.GroupSize, Lanes = FrBlock.Lanes, Width = 4, Quarters = FrBlock.Elements / Width;
    private const long LimbMask = (1L << FrBlock.LimbBits) - 1, HalfLimb = 1L << (FrBlock.LimbBits - 1);

    // What is left of 2^63 shifted right by 52 bits.
    private const long CarryOffset = 1L << 11;

    // The sum of this and of a signed rest has a last bit of weight 1.
    private const double SignedMagic = 1.5 * LowMagic;

    /// <summary>True where the machine has the instructions.</summary>
    public static bool IsSupported => Avx2.IsSupported && Fma.IsSupported;

    /// <inheritdoc/>
    public static void Broadcast(double* limbs, double* block)
    {
        for (int i = 0; i < FrBlock.Limbs; i++)
        {
            new Span<double>(block + (i * Lanes), Lanes).Fill(limbs[i]);
            new Span<double>(block + Group + (i * Lanes), Lanes).Fill(limbs[i]);
        }
    }

    // First lane of a quarter of a block.
    private static int Offset(int quarter) => (quarter / 2 * Group) + (quarter % 2 * Width);

    // A starting value, less what the signed rests of products and the carries of the reduction are offset by, and
    // more by the offset of a column that leaves a carry, see Carry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Start(long* columns, int column, int terms)
    {
        int products = terms * (FrBlock.Limbs - Math.Abs(column - (FrBlock.Limbs - 1)));
        int folds = column is 0 or 9 ? 0 : Math.Min(FrBlock.Limbs - 1, Math.Min(column, 9 - column));
        long carries = column is >= 1 and <= FrBlock.Limbs ? CarryOffset : 0;
        long offset = column < FrBlock.Limbs ? long.MinValue : Raise(column - FrBlock.Limbs);
        return Vector256.Create(columns[column])
            + Vector256.Create(offset - ((products + folds) * HalfLimb) - carries);
    }

    // What limbs are raised by when they come to Store, which rounds them, and leaves carries greater by their offset.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Raise(int limb) =>
        HalfLimb + (limb < FrBlock.Limbs - 1 ? long.MinValue : 0) - (limb > 0 ? CarryOffset : 0);

    // An arithmetic shift, which AVX2 lacks: raised by 2^63, a number is one without sign, and the carry greater by
    // the offset.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Carry(Vector256<long> raised) => Vector256.ShiftRightLogical(raised, 52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        double* a, Vector256<double> b, Vector256<double> high, Vector256<double> low,
        ref Vector256<long> t0, ref Vector256<long> t1, ref Vector256<long> t2,
        ref Vector256<long> t3, ref Vector256<long> t4, ref Vector256<long> t5)
    {
        AddProduct(Vector256.Load(a), b, high, low, ref t0, ref t1);
        AddProduct(Vector256.Load(a + Lanes), b, high, low, ref t1, ref t2);
        AddProduct(Vector256.Load(a + (2 * Lanes)), b, high, low, ref t2, ref t3);
        AddProduct(Vector256.Load(a + (3 * Lanes)), b, high, low, ref t3, ref t4);
        AddProduct(Vector256.Load(a + (4 * Lanes)), b, high, low, ref t4, ref t5);
    }

    // As in FrAvx512. The carry is left greater by its offset.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        Vector256<double> high, Vector256<double> low, Vector256<long> t0,
        ref Vector256<long> t1, ref Vector256<long> t2, ref Vector256<long> t3, ref Vector256<long> t4,
        ref Vector256<long> t5)
    {
        Vector256<long> s = t0 + Vector256.ShiftRightLogical(Vector256.ShiftLeft(t0, 44), 12);
        Vector256<long> q = s & Vector256.Create(LimbMask);
        t1 += Carry(s);
        t1 += Vector256.ShiftRightLogical(q, 20);
        AddFolds(FromBits(q, LowMagic), high, low, ref t1, ref t2, ref t3, ref t4, ref t5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceLast(
        Vector256<double> high, Vector256<double> low, Vector256<long> t0,
        ref Vector256<long> t1, ref Vector256<long> t2, ref Vector256<long> t3, ref Vector256<long> t4,
        ref Vector256<long> t5)
    {
        Vector256<long> s = t0 + Vector256.ShiftRightLogical(Vector256.ShiftLeft(t0, 44), 12);
        Vector256<long> raised = s + Vector256.Create(HalfLimb);
        Vector256<long> q = raised & Vector256.Create(LimbMask);
        t1 += Carry(raised);
        t1 += Vector256.ShiftRightLogical(q, 20) - Vector256.Create(HalfLimb >> 20);
        AddFolds(FromBits(q, LowMagic + HalfLimb), high, low, ref t1, ref t2, ref t3, ref t4, ref t5);
    }

    // The number of 52 bits less what the offset is above 2^52.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FromBits(Vector256<long> bits, double offset) =>
        (bits | Vector256.Create(LowMagic).AsInt64()).AsDouble() - Vector256.Create(offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFolds(
        Vector256<double> q, Vector256<double> high, Vector256<double> low,
        ref Vector256<long> t1, ref Vector256<long> t2, ref Vector256<long> t3, ref Vector256<long> t4,
        ref Vector256<long> t5)
    {
        AddProduct(q, Vector256.Create(Fold0), high, low, ref t1, ref t2);
        AddProduct(q, Vector256.Create(Fold1), high, low, ref t2, ref t3);
        AddProduct(q, Vector256.Create(Fold2), high, low, ref t3, ref t4);
        AddProduct(q, Vector256.Create(Fold3), high, low, ref t4, ref t5);
    }

    // Carries limb by limb, which are raised.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<long> t0, Vector256<long> t1, Vector256<long> t2, Vector256<long> t3, Vector256<long> t4,
        double* limbs)
    {
        StoreLimb(t0, limbs);
        t1 += Carry(t0);
        StoreLimb(t1, limbs + Lanes);
        t2 += Carry(t1);
        StoreLimb(t2, limbs + (2 * Lanes));
        t3 += Carry(t2);
        StoreLimb(t3, limbs + (3 * Lanes));
        StoreLimb(t4 + Carry(t3), limbs + (4 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLimb(Vector256<long> raised, double* destination) =>
        FromBits(raised & Vector256.Create(LimbMask), LowMagic + HalfLimb).Store(destination);

    // Of limbs that are not raised yet.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreIntegers(
        Vector256<long> t0, Vector256<long> t1, Vector256<long> t2, Vector256<long> t3, Vector256<long> t4,
        double* limbs) => Store(
            t0 + Vector256.Create(Raise(0)), t1 + Vector256.Create(Raise(1)), t2 + Vector256.Create(Raise(2)),
            t3 + Vector256.Create(Raise(3)), t4 + Vector256.Create(Raise(4)), limbs);

    // The integer that a double holds: its multiple of 2^12, and the rest, which may put it beyond 2^51.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> LoadLimb(double* limb)
    {
        Vector256<double> magic = Vector256.Create(SignedMagic);
        Vector256<double> value = Vector256.Load(limb);
        Vector256<double> upper = Fma.MultiplyAdd(value, Vector256.Create(1.0 / (1 << 12)), magic);
        Vector256<double> rest = Fma.MultiplyAddNegated(upper - magic, Vector256.Create((double)(1 << 12)), value);
        return Vector256.ShiftLeft(upper.AsInt64() - magic.AsInt64(), 12) + (rest + magic).AsInt64() - magic.AsInt64();
    }
}
