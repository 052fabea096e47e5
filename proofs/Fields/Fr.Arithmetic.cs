using System.Runtime.CompilerServices;
using static Federation.Proofs.Fields.CarryWords;

namespace Federation.Proofs.Fields;

public readonly partial struct Fr
{
    private const ulong Modulus0 = 0xffffffff00000001;
    private const ulong Modulus1 = 0x53bda402fffe5bfe;
    private const ulong Modulus2 = 0x3339d80809a1d805;
    private const ulong Modulus3 = 0x73eda753299d7d48;

    private static Fr MontgomeryRadixSquared =>
        new(0xc999e990f3f29c6d, 0x2b6cedcb87925c23, 0x05d314967254398f, 0x0748d9d99f59ff11);

    /// <summary>Sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fr operator +(in Fr left, in Fr right)
    {
        // Both are below r < 2^255, so the sum fits into 256 bits.
        ulong carry = 0;
        ulong s0 = AddWithCarry(left._limb0, right._limb0, ref carry);
        ulong s1 = AddWithCarry(left._limb1, right._limb1, ref carry);
        ulong s2 = AddWithCarry(left._limb2, right._limb2, ref carry);
        ulong s3 = left._limb3 + right._limb3 + carry;
        return SubtractModulusOnce(s0, s1, s2, s3);
    }

    /// <summary>Difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fr operator -(in Fr left, in Fr right)
    {
        ulong borrow = 0;
        ulong d0 = SubtractWithBorrow(left._limb0, right._limb0, ref borrow);
        ulong d1 = SubtractWithBorrow(left._limb1, right._limb1, ref borrow);
        ulong d2 = SubtractWithBorrow(left._limb2, right._limb2, ref borrow);
        ulong d3 = SubtractWithBorrow(left._limb3, right._limb3, ref borrow);

        ulong mask = 0 - borrow;
        ulong carry = 0;
        d0 = AddWithCarry(d0, Modulus0 & mask, ref carry);
        d1 = AddWithCarry(d1, Modulus1 & mask, ref carry);
        d2 = AddWithCarry(d2, Modulus2 & mask, ref carry);
        return new Fr(d0, d1, d2, d3 + (Modulus3 & mask) + carry);
    }

    /// <summary>Additive inverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fr operator -(in Fr value) => default(Fr) - value;

    /// <summary>
    /// Product: Montgomery multiplication, reduction interleaved limb by limb (Koç, Acar, Kaliski 1996, CIOS), without
    /// the extra carry word, which the top limb of r, below 2^63 - 1, makes unnecessary.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fr operator *(in Fr left, in Fr right)
    {
        ulong a0 = left._limb0, a1 = left._limb1, a2 = left._limb2, a3 = left._limb3;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0;
        MultiplyStep(a0, a1, a2, a3, right._limb0, ref t0, ref t1, ref t2, ref t3);
        MultiplyStep(a0, a1, a2, a3, right._limb1, ref t0, ref t1, ref t2, ref t3);
        MultiplyStep(a0, a1, a2, a3, right._limb2, ref t0, ref t1, ref t2, ref t3);
        MultiplyStep(a0, a1, a2, a3, right._limb3, ref t0, ref t1, ref t2, ref t3);
        return SubtractModulusOnce(t0, t1, t2, t3);
    }

    /// <summary>Square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fr Square() => this * this;

    /// <summary>Fifth power, the S-box of Poseidon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fr Quintic()
    {
        Fr square = this * this;
        return square * square * this;
    }

    /// <summary>Power; zero to the power of zero is one. Time depends on the exponent.</summary>
    public Fr PowVarTime(ulong exponent) => PowVarTime([exponent]);

    /// <summary>
    /// Power by an exponent of any length, 64-bit limbs, least significant first. Time depends on the exponent.
    /// </summary>
    public Fr PowVarTime(ReadOnlySpan<ulong> exponent)
    {
        Fr result = One;
        for (int limb = exponent.Length - 1; limb >= 0; limb--)
        {
            for (int bit = 63; bit >= 0; bit--)
            {
                result = result.Square();
                if (((exponent[limb] >> bit) & 1) != 0)
                {
                    result *= this;
                }
            }
        }

        return result;
    }

    /// <summary>Multiplicative inverse, by Fermat's theorem.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public Fr Inverse()
    {
        if (IsZero)
        {
            throw new DivideByZeroException("Zero has no inverse in the scalar field.");
        }

        return PowVarTime([Modulus0 - 2, Modulus1, Modulus2, Modulus3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyStep(
        ulong a0, ulong a1, ulong a2, ulong a3, ulong b, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3)
    {
        ulong product = 0;
        ulong low = MultiplyAdd(a0, b, t0, ref product);
        ulong factor = ReductionFactor(low, out ulong reduction);
        low = MultiplyAdd(a1, b, t1, ref product);
        t0 = MultiplyAdd(factor, Modulus1, low, ref reduction);
        low = MultiplyAdd(a2, b, t2, ref product);
        t1 = MultiplyAdd(factor, Modulus2, low, ref reduction);
        low = MultiplyAdd(a3, b, t3, ref product);
        t2 = MultiplyAdd(factor, Modulus3, low, ref reduction);
        t3 = product + reduction;
    }

    /// <summary>
    /// The multiple of r that clears the low word, and the word above it of low + multiple · low word of r. That word
    /// is 2^64 - 2^32 + 1, whose inverse is 2^32 + 1, so neither takes a product.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReductionFactor(ulong low, out ulong carry)
    {
        ulong factor = 0 - (low + (low << 32));
        carry = factor - (factor >> 32) + (low + factor < low ? 1UL : 0UL);
        return factor;
    }

    /// <summary>The value modulo r, for a value below 2r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fr SubtractModulusOnce(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        ulong borrow = 0;
        ulong d0 = SubtractWithBorrow(s0, Modulus0, ref borrow);
        ulong d1 = SubtractWithBorrow(s1, Modulus1, ref borrow);
        ulong d2 = SubtractWithBorrow(s2, Modulus2, ref borrow);
        ulong d3 = SubtractWithBorrow(s3, Modulus3, ref borrow);
        ulong keep = 0 - borrow;
        return new Fr(
            (s0 & keep) | (d0 & ~keep),
            (s1 & keep) | (d1 & ~keep),
            (s2 & keep) | (d2 & ~keep),
            (s3 & keep) | (d3 & ~keep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBelowModulus(in Fr raw)
    {
        ulong borrow = 0;
        SubtractWithBorrow(raw._limb0, Modulus0, ref borrow);
        SubtractWithBorrow(raw._limb1, Modulus1, ref borrow);
        SubtractWithBorrow(raw._limb2, Modulus2, ref borrow);
        SubtractWithBorrow(raw._limb3, Modulus3, ref borrow);
        return borrow != 0;
    }
}
