using System.Runtime.CompilerServices;
using static Federation.Proofs.Fields.CarryWords;

namespace Federation.Proofs.Curve;

public readonly partial struct Fp
{
    private const ulong Modulus0 = 0xb9feffffffffaaab;
    private const ulong Modulus1 = 0x1eabfffeb153ffff;
    private const ulong Modulus2 = 0x6730d2a0f6b0f624;
    private const ulong Modulus3 = 0x64774b84f38512bf;
    private const ulong Modulus4 = 0x4b1ba7b6434bacd7;
    private const ulong Modulus5 = 0x1a0111ea397fe69a;

    // -1/p modulo 2^64.
    private const ulong NegativeInverse = 0x89f3fffcfffcfffd;

    private static Fp Modulus => new(Modulus0, Modulus1, Modulus2, Modulus3, Modulus4, Modulus5);

    private static Fp HalfModulusRoundedUp =>
        new(0xdcff7fffffffd556, 0x0f55ffff58a9ffff, 0xb39869507b587b12,
            0xb23ba5c279c2895f, 0x258dd3db21a5d66b, 0x0d0088f51cbff34d);

    private const ulong RadixSquared0 = 0xf4df1f341c341746, RadixSquared1 = 0x0a76e6a609d104f1;
    private const ulong RadixSquared2 = 0x8de5476c4c95b6d5, RadixSquared3 = 0x67eb88a9939d83c0;
    private const ulong RadixSquared4 = 0x9a793e85b519952d, RadixSquared5 = 0x11988fe592cae3aa;

    private static Fp MontgomeryRadixSquared =>
        new(RadixSquared0, RadixSquared1, RadixSquared2, RadixSquared3, RadixSquared4, RadixSquared5);

    private static ReadOnlySpan<ulong> RadixSquaredLimbs =>
        [RadixSquared0, RadixSquared1, RadixSquared2, RadixSquared3, RadixSquared4, RadixSquared5];

    /// <summary>Sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fp operator +(in Fp left, in Fp right)
    {
        // Both are below p < 2^381, so the sum fits into 384 bits.
        ulong carry = 0;
        ulong s0 = AddWithCarry(left._limb0, right._limb0, ref carry);
        ulong s1 = AddWithCarry(left._limb1, right._limb1, ref carry);
        ulong s2 = AddWithCarry(left._limb2, right._limb2, ref carry);
        ulong s3 = AddWithCarry(left._limb3, right._limb3, ref carry);
        ulong s4 = AddWithCarry(left._limb4, right._limb4, ref carry);
        ulong s5 = left._limb5 + right._limb5 + carry;
        return SubtractModulusOnce(s0, s1, s2, s3, s4, s5);
    }

    /// <summary>Difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fp operator -(in Fp left, in Fp right)
    {
        ulong borrow = 0;
        ulong d0 = SubtractWithBorrow(left._limb0, right._limb0, ref borrow);
        ulong d1 = SubtractWithBorrow(left._limb1, right._limb1, ref borrow);
        ulong d2 = SubtractWithBorrow(left._limb2, right._limb2, ref borrow);
        ulong d3 = SubtractWithBorrow(left._limb3, right._limb3, ref borrow);
        ulong d4 = SubtractWithBorrow(left._limb4, right._limb4, ref borrow);
        ulong d5 = SubtractWithBorrow(left._limb5, right._limb5, ref borrow);

        ulong mask = 0 - borrow;
        ulong carry = 0;
        d0 = AddWithCarry(d0, Modulus0 & mask, ref carry);
        d1 = AddWithCarry(d1, Modulus1 & mask, ref carry);
        d2 = AddWithCarry(d2, Modulus2 & mask, ref carry);
        d3 = AddWithCarry(d3, Modulus3 & mask, ref carry);
        d4 = AddWithCarry(d4, Modulus4 & mask, ref carry);
        return new Fp(d0, d1, d2, d3, d4, d5 + (Modulus5 & mask) + carry);
    }

    /// <summary>Additive inverse.</summary>
    public static Fp operator -(in Fp value) => default(Fp) - value;

    /// <summary>Twice the element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fp Twice()
    {
        return SubtractModulusOnce(
            _limb0 << 1,
            (_limb1 << 1) | (_limb0 >> 63),
            (_limb2 << 1) | (_limb1 >> 63),
            (_limb3 << 1) | (_limb2 >> 63),
            (_limb4 << 1) | (_limb3 >> 63),
            (_limb5 << 1) | (_limb4 >> 63));
    }

    /// <summary>The value modulo p, for a value below 2p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Fp SubtractModulusOnce(ulong s0, ulong s1, ulong s2, ulong s3, ulong s4, ulong s5)
    {
        ulong borrow = 0;
        ulong d0 = SubtractWithBorrow(s0, Modulus0, ref borrow);
        ulong d1 = SubtractWithBorrow(s1, Modulus1, ref borrow);
        ulong d2 = SubtractWithBorrow(s2, Modulus2, ref borrow);
        ulong d3 = SubtractWithBorrow(s3, Modulus3, ref borrow);
        ulong d4 = SubtractWithBorrow(s4, Modulus4, ref borrow);
        ulong d5 = SubtractWithBorrow(s5, Modulus5, ref borrow);
        ulong keep = 0 - borrow;
        return new Fp(
            (s0 & keep) | (d0 & ~keep),
            (s1 & keep) | (d1 & ~keep),
            (s2 & keep) | (d2 & ~keep),
            (s3 & keep) | (d3 & ~keep),
            (s4 & keep) | (d4 & ~keep),
            (s5 & keep) | (d5 & ~keep));
    }

    /// <summary>True when one row of limbs, read as an integer, is below another.</summary>
    private static bool IsBelow(in Fp left, in Fp right)
    {
        ulong borrow = 0;
        SubtractWithBorrow(left._limb0, right._limb0, ref borrow);
        SubtractWithBorrow(left._limb1, right._limb1, ref borrow);
        SubtractWithBorrow(left._limb2, right._limb2, ref borrow);
        SubtractWithBorrow(left._limb3, right._limb3, ref borrow);
        SubtractWithBorrow(left._limb4, right._limb4, ref borrow);
        SubtractWithBorrow(left._limb5, right._limb5, ref borrow);
        return borrow != 0;
    }
}
