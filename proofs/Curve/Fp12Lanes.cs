using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Federation.Proofs.Curve.FpAvx512;

namespace Federation.Proofs.Curve;

/// <summary>
/// Arithmetic of <see cref="Fp12"/> in eight lanes: an element is the sum of coefficients z_k · w^k,
/// k from 0 to 5, in lane k of two blocks of <see cref="FpAvx512"/>, the first parts c0 of the coefficients and then
/// their c1; two lanes are idle. A product is the sum over k of one factor's z_k times the other turned by k lanes,
/// where what passes the last lane is multiplied by w^6 = 1 + u. Pointers are to <see cref="Length"/> doubles at a
/// multiple of 64 bytes. No state; safe to call from any thread.
/// </summary>
internal static unsafe partial class Fp12Lanes<TKernel>
    where TKernel : struct, IFpKernel
{
    /// <summary>Doubles of an element.</summary>
    public const int Length = 2 * BlockLength;

    /// <summary>Bytes at whose multiples elements start.</summary>
    public const int Alignment = 64;

    // Where in a widened row a factor turned by no lane starts.
    private const int Unturned = 6;

    private const int Coefficients = 6, WordsOfCoefficient = 2 * Words, Wide = 2 * WideLength;

    // From Montgomery's 2^384 to 2^416 by the raw element 2^448, and back by 2^384, either over 2^416.
    private static readonly Fp EnterFactor = Fp.FromUInt64(1UL << 32).Square();
    private static readonly Fp UnitFactor = Fp.FromUInt64(1UL << 32);

    /// <summary>Room for so many doubles and one more row, from its first multiple of 64 bytes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double* Align(double* room) =>
        (double*)(((nuint)room + (Alignment - 1)) & ~(nuint)(Alignment - 1));

    /// <summary>Puts an element into lanes.</summary>
    [SkipLocalsInit]
    public static void Enter(in Fp12 value, double* lanes)
    {
        Fp2* coefficients = stackalloc Fp2[Lanes];
        coefficients[0] = value.C0.C0;
        coefficients[1] = value.C1.C0;
        coefficients[2] = value.C0.C1;
        coefficients[3] = value.C1.C1;
        coefficients[4] = value.C0.C2;
        coefficients[5] = value.C1.C2;
        coefficients[6] = coefficients[7] = default;
        double* room = stackalloc double[BlockLength + Lanes];
        double* factor = Align(room);
        Spread(EnterFactor, factor);
        for (int part = 0; part < 2; part++)
        {
            double* block = lanes + (part * BlockLength);
            TKernel.Load((ulong*)coefficients + (part * Words), WordsOfCoefficient, block);
            TKernel.Multiply(block, factor, block);
        }
    }

    /// <summary>Takes an element of at most 2^20 · p in magnitude out of lanes.</summary>
    [SkipLocalsInit]
    public static Fp12 Leave(double* lanes)
    {
        Fp2* z = stackalloc Fp2[Lanes];
        double* room = stackalloc double[(2 * BlockLength) + Lanes];
        double* factor = Align(room);
        double* block = factor + BlockLength;
        Spread(Fp.One, factor);
        for (int part = 0; part < 2; part++)
        {
            TKernel.Multiply(lanes + (part * BlockLength), factor, block);
            TKernel.Save(block, (ulong*)z + (part * Words), WordsOfCoefficient);
        }

        return new Fp12(new Fp6(z[0], z[2], z[4]), new Fp6(z[1], z[3], z[5]));
    }

    /// <summary>Product, which may lie over a factor.</summary>
    [SkipLocalsInit]
    public static void Multiply(double* left, double* right, double* product)
    {
        double* room = stackalloc double[Wide + Lanes];
        double* wide = Align(room);
        int* places = stackalloc int[Coefficients] { Unturned, 5, 4, 3, 2, 1 };
        Widen(right, wide);
        TKernel.SumOfProducts<SameInAllLanes>(wide, places, left, 1, Coefficients, product);
    }

    /// <summary>Product of two elements out of lanes.</summary>
    [SkipLocalsInit]
    public static Fp12 Multiply(in Fp12 left, in Fp12 right)
    {
        double* room = stackalloc double[(2 * Length) + Lanes];
        double* a = Align(room);
        double* b = a + Length;
        Enter(left, a);
        Enter(right, b);
        Multiply(a, b, a);
        return Leave(a);
    }

    /// <summary>
    /// Square as <see cref="Fp12.CyclotomicSquare"/>, which may lie over the element. Its magnitude is up to twice the
    /// element's and 4p; that of an element may be 2^12 · p.
    /// </summary>
    [SkipLocalsInit]
    public static void CyclotomicSquare(double* value, double* square)
    {
        // Each lane is a sum of two products: z_k² and (1 + u)·z_(k+3)² in the even ones, in the odd ones twice a
        // product, of z0 and z3, of z1 and z4, and of z2 and z5 with 1 + u.
        double* room = stackalloc double[Wide + (2 * Length) + Lanes];
        double* wide = Align(room);
        double* right = wide + Wide;
        int* places = stackalloc int[2] { 0, Lanes };
        Widen(value, wide);
        for (int limb = 0; limb < Length; limb += Lanes)
        {
            Arrange(value + limb, wide + (2 * limb), right + limb);
        }

        double* sums = wide;
        TKernel.SumOfProducts<LaneByLane>(wide, places, right, Length, 2, sums);
        for (int part = 0; part < Length; part += BlockLength)
        {
            Combine(sums + part, value + part, square + part);
        }
    }

    /// <summary>Brings an element of up to 2^20 · p back to p and a little.</summary>
    public static void Reduce(double* value, double* unit)
    {
        TKernel.Multiply(value, unit, value);
        TKernel.Multiply(value + BlockLength, unit, value + BlockLength);
    }

    /// <summary>Power as <see cref="Fp12.CyclotomicPowerOfX"/>.</summary>
    [SkipLocalsInit]
    public static Fp12 CyclotomicPowerOfX(in Fp12 value)
    {
        const int SquaresBetween = 8;
        double* room = stackalloc double[(2 * Length) + BlockLength + Lanes];
        double* start = Align(room);
        double* power = start + Length;
        double* unit = power + Length;
        Spread(UnitFactor, unit);
        Enter(value, start);
        new ReadOnlySpan<double>(start, Length).CopyTo(new Span<double>(power, Length));
        for (int bit = 62; bit >= 0; bit--)
        {
            CyclotomicSquare(power, power);
            if (((Endomorphisms.NegativeX >> bit) & 1) != 0)
            {
                Multiply(power, start, power);
            }
            else if (bit % SquaresBetween == 0)
            {
                Reduce(power, unit);
            }
        }

        return Leave(power);
    }

    /// <summary>An element of the base field in all lanes, as its words are.</summary>
    public static void Spread(in Fp value, double* block)
    {
        Fp* copies = stackalloc Fp[Lanes];
        new Span<Fp>(copies, Lanes).Fill(value);
        TKernel.Load((ulong*)copies, Words, block);
    }

    // 3·sum - 2z in the even lanes, 3·sum + 2z in the odd ones.
    private static void Combine(double* sum, double* z, double* result)
    {
        Vector512<double> signs = Vector512.Create(-1.0, 1, -1, 1, -1, 1, -1, 1);
        Vector512<double> carry = Vector512<double>.Zero, carryOfAll = Vector512<double>.Zero;
        for (int limb = 0; limb < BlockLength; limb += Lanes)
        {
            Vector512<double> t = Vector512.Load(sum + limb);
            Vector512<double> once = Carried((signs * Vector512.Load(z + limb)) + t, ref carry);
            Carried(once + once + t, ref carryOfAll).Store(result + limb);
        }
    }

    // One limb of both sums' operands: from a row of the coefficients times 1 + u and of the coefficients.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Arrange(double* z, double* wide, double* right)
    {
        if (!Avx512F.IsSupported)
        {
            ArrangeOneByOne(z, wide, right);
            return;
        }

        Vector512<double> turned = Vector512.Load(wide), plain = Vector512.Load(z);
        Avx512F.PermuteVar8x64x2(plain, Vector512.Create(0L, 10, 1, 0, 2, 1, 6, 7), turned).Store(wide);
        Avx512F.PermuteVar8x64x2(plain, Vector512.Create(11L, 10, 12, 0, 13, 1, 6, 7), turned).Store(wide + Lanes);
        Avx512F.PermuteVar8x64(plain, Vector512.Create(0L, 5, 1, 3, 2, 4, 6, 7)).Store(right);
        Avx512F.PermuteVar8x64(plain, Vector512.Create(3L, 5, 4, 3, 5, 4, 6, 7)).Store(right + Length);
    }

    private static void ArrangeOneByOne(double* z, double* wide, double* right)
    {
        double turned2 = wide[2], turned3 = wide[3], turned4 = wide[4], turned5 = wide[5];
        double z0 = z[0], z1 = z[1], z2 = z[2], z3 = z[3], z4 = z[4], z5 = z[5];
        (wide[0], wide[1], wide[2], wide[3], wide[4], wide[5]) = (z0, turned2, z1, z0, z2, z1);
        (wide[8], wide[9], wide[10], wide[11], wide[12], wide[13]) = (turned3, turned2, turned4, z0, turned5, z1);
        (right[0], right[1], right[2], right[3], right[4], right[5]) = (z0, z5, z1, z3, z2, z4);
        double* second = right + Length;
        (second[0], second[1], second[2], second[3], second[4], second[5]) = (z3, z5, z4, z3, z5, z4);
        (wide[6], wide[7], wide[14], wide[15]) = (0, 0, 0, 0);
        (right[6], right[7], second[6], second[7]) = (0, 0, 0, 0);
    }

    // Rows of the coefficients times 1 + u and then the coefficients, which cover its idle lanes: eight lanes from
    // place 6 - k on are the element times w^k.
    private static void Widen(double* value, double* wide)
    {
        Vector512<double> carry0 = Vector512<double>.Zero, carry1 = Vector512<double>.Zero;
        for (int limb = 0; limb < BlockLength; limb += Lanes)
        {
            Vector512<double> z0 = Vector512.Load(value + limb), z1 = Vector512.Load(value + limb + BlockLength);
            double* row = wide + (2 * limb);
            Carried(z0 - z1, ref carry0).Store(row);
            Carried(z0 + z1, ref carry1).Store(row + WideLength);
            z0.Store(row + Unturned);
            z1.Store(row + Unturned + WideLength);
        }
    }

    // A limb of at most 2^53 within its bound, with what the limb before it carried. The highest is small, so that
    // nothing is carried out of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Carried(Vector512<double> limb, ref Vector512<double> carry)
    {
        Vector512<double> rounder = Vector512.Create(HighMagic);
        Vector512<double> multiple = (limb + rounder) - rounder;
        Vector512<double> rest = limb - multiple + carry;
        carry = multiple * Vector512.Create(InverseLimb);
        return rest;
    }
}
