using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Federation.Proofs.Curve;

/// <summary>
/// Products of the base field by seven digits of 55 bits. A digit product is parted into a·b and the high word of
/// (a · 2^9) · b, which is a·b / 2^55 rounded down: sums of both wrap freely, for what is left of the first when the
/// second is taken off at its place, a few times 2^55, fits into a word. So no addition has a carry, which compiled
/// code would have to compute by comparisons; what bounds the time is the multiplier.
/// </summary>
public readonly partial struct Fp
{
    private const int DigitBits = 55, Spare = 64 - DigitBits;
    private const ulong DigitMask = (1UL << DigitBits) - 1;

    // The digits of p, and -1/p modulo 2^55.
    private const ulong Digit0 = Modulus0 & DigitMask;
    private const ulong Digit1 = ((Modulus0 >> 55) | (Modulus1 << 9)) & DigitMask;
    private const ulong Digit2 = ((Modulus1 >> 46) | (Modulus2 << 18)) & DigitMask;
    private const ulong Digit3 = ((Modulus2 >> 37) | (Modulus3 << 27)) & DigitMask;
    private const ulong Digit4 = ((Modulus3 >> 28) | (Modulus4 << 36)) & DigitMask;
    private const ulong Digit5 = ((Modulus4 >> 19) | (Modulus5 << 45)) & DigitMask;
    private const ulong Digit6 = Modulus5 >> 10;
    private const ulong NegativeInverseDigit = NegativeInverse & DigitMask;

    /// <summary>
    /// Product: Montgomery multiplication digit by digit. The digits take 2^385 away, of which the factor 2 too many is
    /// put on the left operand when it is cut.
    /// </summary>
    public static Fp operator *(in Fp left, in Fp right)
    {
        Digits a = Digits.OfTwice(left);
        Digits b = Digits.Of(right);
        ulong l0 = 0, l1 = 0, l2 = 0, l3 = 0, l4 = 0, l5 = 0, l6 = 0, l7 = 0, l8 = 0, l9 = 0, l10 = 0, l11 = 0, l12 = 0;
        ulong h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0, h8 = 0, h9 = 0, h10 = 0, h11 = 0, h12 = 0;
        AddRow(a, b.D0, ref l0, ref l1, ref l2, ref l3, ref l4, ref l5, ref l6,
            ref h0, ref h1, ref h2, ref h3, ref h4, ref h5, ref h6);
        Reduce(ref l0, ref l1, ref l2, ref l3, ref l4, ref l5, ref l6,
            ref h0, ref h1, ref h2, ref h3, ref h4, ref h5, ref h6);
        AddRow(a, b.D1, ref l1, ref l2, ref l3, ref l4, ref l5, ref l6, ref l7,
            ref h1, ref h2, ref h3, ref h4, ref h5, ref h6, ref h7);
        Reduce(ref l1, ref l2, ref l3, ref l4, ref l5, ref l6, ref l7,
            ref h1, ref h2, ref h3, ref h4, ref h5, ref h6, ref h7);
        AddRow(a, b.D2, ref l2, ref l3, ref l4, ref l5, ref l6, ref l7, ref l8,
            ref h2, ref h3, ref h4, ref h5, ref h6, ref h7, ref h8);
        Reduce(ref l2, ref l3, ref l4, ref l5, ref l6, ref l7, ref l8,
            ref h2, ref h3, ref h4, ref h5, ref h6, ref h7, ref h8);
        AddRow(a, b.D3, ref l3, ref l4, ref l5, ref l6, ref l7, ref l8, ref l9,
            ref h3, ref h4, ref h5, ref h6, ref h7, ref h8, ref h9);
        Reduce(ref l3, ref l4, ref l5, ref l6, ref l7, ref l8, ref l9,
            ref h3, ref h4, ref h5, ref h6, ref h7, ref h8, ref h9);
        AddRow(a, b.D4, ref l4, ref l5, ref l6, ref l7, ref l8, ref l9, ref l10,
            ref h4, ref h5, ref h6, ref h7, ref h8, ref h9, ref h10);
        Reduce(ref l4, ref l5, ref l6, ref l7, ref l8, ref l9, ref l10,
            ref h4, ref h5, ref h6, ref h7, ref h8, ref h9, ref h10);
        AddRow(a, b.D5, ref l5, ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
            ref h5, ref h6, ref h7, ref h8, ref h9, ref h10, ref h11);
        Reduce(ref l5, ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
            ref h5, ref h6, ref h7, ref h8, ref h9, ref h10, ref h11);
        AddRow(a, b.D6, ref l6, ref l7, ref l8, ref l9, ref l10, ref l11, ref l12,
            ref h6, ref h7, ref h8, ref h9, ref h10, ref h11, ref h12);
        Reduce(ref l6, ref l7, ref l8, ref l9, ref l10, ref l11, ref l12,
            ref h6, ref h7, ref h8, ref h9, ref h10, ref h11, ref h12);
        return Join(l7, l8, l9, l10, l11, l12, h7, h8, h9, h10, h11, h12);
    }

    /// <summary>Square, with each product of two different digits once.</summary>
    public Fp Square()
    {
        // Twice the square, as in the product: products of a digit with itself count twice, of two others four times.
        Digits a = Digits.Of(this);
        ulong l0 = 0, l1 = 0, l2 = 0, l3 = 0, l4 = 0, l5 = 0, l6 = 0, l7 = 0, l8 = 0, l9 = 0, l10 = 0, l11 = 0, l12 = 0;
        ulong h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0, h8 = 0, h9 = 0, h10 = 0, h11 = 0, h12 = 0;
        ulong b = a.D0 << 1;
        AddProduct(a.D0, b, ref l0, ref h0);
        b <<= 1;
        AddProduct(a.D1, b, ref l1, ref h1);
        AddProduct(a.D2, b, ref l2, ref h2);
        AddProduct(a.D3, b, ref l3, ref h3);
        AddProduct(a.D4, b, ref l4, ref h4);
        AddProduct(a.D5, b, ref l5, ref h5);
        AddProduct(a.D6, b, ref l6, ref h6);
        Reduce(ref l0, ref l1, ref l2, ref l3, ref l4, ref l5, ref l6,
            ref h0, ref h1, ref h2, ref h3, ref h4, ref h5, ref h6);
        b = a.D1 << 1;
        AddProduct(a.D1, b, ref l2, ref h2);
        b <<= 1;
        AddProduct(a.D2, b, ref l3, ref h3);
        AddProduct(a.D3, b, ref l4, ref h4);
        AddProduct(a.D4, b, ref l5, ref h5);
        AddProduct(a.D5, b, ref l6, ref h6);
        AddProduct(a.D6, b, ref l7, ref h7);
        Reduce(ref l1, ref l2, ref l3, ref l4, ref l5, ref l6, ref l7,
            ref h1, ref h2, ref h3, ref h4, ref h5, ref h6, ref h7);
        b = a.D2 << 1;
        AddProduct(a.D2, b, ref l4, ref h4);
        b <<= 1;
        AddProduct(a.D3, b, ref l5, ref h5);
        AddProduct(a.D4, b, ref l6, ref h6);
        AddProduct(a.D5, b, ref l7, ref h7);
        AddProduct(a.D6, b, ref l8, ref h8);
        Reduce(ref l2, ref l3, ref l4, ref l5, ref l6, ref l7, ref l8,
            ref h2, ref h3, ref h4, ref h5, ref h6, ref h7, ref h8);
        b = a.D3 << 1;
        AddProduct(a.D3, b, ref l6, ref h6);
        b <<= 1;
        AddProduct(a.D4, b, ref l7, ref h7);
        AddProduct(a.D5, b, ref l8, ref h8);
        AddProduct(a.D6, b, ref l9, ref h9);
        Reduce(ref l3, ref l4, ref l5, ref l6, ref l7, ref l8, ref l9,
            ref h3, ref h4, ref h5, ref h6, ref h7, ref h8, ref h9);
        b = a.D4 << 1;
        AddProduct(a.D4, b, ref l8, ref h8);
        b <<= 1;
        AddProduct(a.D5, b, ref l9, ref h9);
        AddProduct(a.D6, b, ref l10, ref h10);
        Reduce(ref l4, ref l5, ref l6, ref l7, ref l8, ref l9, ref l10,
            ref h4, ref h5, ref h6, ref h7, ref h8, ref h9, ref h10);
        b = a.D5 << 1;
        AddProduct(a.D5, b, ref l10, ref h10);
        AddProduct(a.D6, b << 1, ref l11, ref h11);
        Reduce(ref l5, ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
            ref h5, ref h6, ref h7, ref h8, ref h9, ref h10, ref h11);
        AddProduct(a.D6, a.D6 << 1, ref l12, ref h12);
        Reduce(ref l6, ref l7, ref l8, ref l9, ref l10, ref l11, ref l12,
            ref h6, ref h7, ref h8, ref h9, ref h10, ref h11, ref h12);
        return Join(l7, l8, l9, l10, l11, l12, h7, h8, h9, h10, h11, h12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(ulong a, ulong b, ref ulong low, ref ulong high)
    {
        low += a * b;
        high += MultiplyHigh(a << Spare, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        in Digits a, ulong b,
        ref ulong l0, ref ulong l1, ref ulong l2, ref ulong l3, ref ulong l4, ref ulong l5, ref ulong l6,
        ref ulong h0, ref ulong h1, ref ulong h2, ref ulong h3, ref ulong h4, ref ulong h5, ref ulong h6)
    {
        AddProduct(a.D0, b, ref l0, ref h0);
        AddProduct(a.D1, b, ref l1, ref h1);
        AddProduct(a.D2, b, ref l2, ref h2);
        AddProduct(a.D3, b, ref l3, ref h3);
        AddProduct(a.D4, b, ref l4, ref h4);
        AddProduct(a.D5, b, ref l5, ref h5);
        AddProduct(a.D6, b, ref l6, ref h6);
    }

    // Montgomery step: adds the multiple of p that clears the lowest column, whose carry goes to the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(
        ref ulong l0, ref ulong l1, ref ulong l2, ref ulong l3, ref ulong l4, ref ulong l5, ref ulong l6,
        ref ulong h0, ref ulong h1, ref ulong h2, ref ulong h3, ref ulong h4, ref ulong h5, ref ulong h6)
    {
        ulong factor = (l0 * NegativeInverseDigit) & DigitMask;
        AddProduct(Digit0, factor, ref l0, ref h0);
        AddProduct(Digit1, factor, ref l1, ref h1);
        AddProduct(Digit2, factor, ref l2, ref h2);
        AddProduct(Digit3, factor, ref l3, ref h3);
        AddProduct(Digit4, factor, ref l4, ref h4);
        AddProduct(Digit5, factor, ref l5, ref h5);
        AddProduct(Digit6, factor, ref l6, ref h6);
        l1 += h0 + ((l0 - (h0 << DigitBits)) >> DigitBits);
    }

    // The columns' sum is below 2p.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fp Join(
        ulong l0, ulong l1, ulong l2, ulong l3, ulong l4, ulong l5,
        ulong h0, ulong h1, ulong h2, ulong h3, ulong h4, ulong h5)
    {
        l0 -= h0 << DigitBits;
        l1 += h0 - (h1 << DigitBits) + (l0 >> DigitBits);
        l2 += h1 - (h2 << DigitBits) + (l1 >> DigitBits);
        l3 += h2 - (h3 << DigitBits) + (l2 >> DigitBits);
        l4 += h3 - (h4 << DigitBits) + (l3 >> DigitBits);
        l5 += h4 - (h5 << DigitBits) + (l4 >> DigitBits);
        ulong l6 = h5 + (l5 >> DigitBits);

        // Less p; negative digits borrow by their sign.
        long d0 = (long)(l0 & DigitMask) - (long)Digit0;
        long d1 = (long)(l1 & DigitMask) - (long)Digit1 + (d0 >> DigitBits);
        long d2 = (long)(l2 & DigitMask) - (long)Digit2 + (d1 >> DigitBits);
        long d3 = (long)(l3 & DigitMask) - (long)Digit3 + (d2 >> DigitBits);
        long d4 = (long)(l4 & DigitMask) - (long)Digit4 + (d3 >> DigitBits);
        long d5 = (long)(l5 & DigitMask) - (long)Digit5 + (d4 >> DigitBits);
        long d6 = (long)l6 - (long)Digit6 + (d5 >> DigitBits);
        ulong keep = (ulong)(d6 >> 63);
        l0 = Choose(keep, l0, d0) & DigitMask;
        l1 = Choose(keep, l1, d1) & DigitMask;
        l2 = Choose(keep, l2, d2) & DigitMask;
        l3 = Choose(keep, l3, d3) & DigitMask;
        l4 = Choose(keep, l4, d4) & DigitMask;
        l5 = Choose(keep, l5, d5) & DigitMask;
        l6 = Choose(keep, l6, d6);
        return new Fp(
            l0 | (l1 << 55), (l1 >> 9) | (l2 << 46), (l2 >> 18) | (l3 << 37),
            (l3 >> 27) | (l4 << 28), (l4 >> 36) | (l5 << 19), (l5 >> 45) | (l6 << 10));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Choose(ulong mask, ulong left, long right) => (left & mask) | ((ulong)right & ~mask);

    /// <summary>An integer below 2^384 in digits of 55 bits, least significant first.</summary>
    private readonly struct Digits(ulong d0, ulong d1, ulong d2, ulong d3, ulong d4, ulong d5, ulong d6)
    {
        public readonly ulong D0 = d0, D1 = d1, D2 = d2, D3 = d3, D4 = d4, D5 = d5, D6 = d6;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Digits Of(in Fp value) => new(
            value._limb0 & DigitMask,
            ((value._limb0 >> 55) | (value._limb1 << 9)) & DigitMask,
            ((value._limb1 >> 46) | (value._limb2 << 18)) & DigitMask,
            ((value._limb2 >> 37) | (value._limb3 << 27)) & DigitMask,
            ((value._limb3 >> 28) | (value._limb4 << 36)) & DigitMask,
            ((value._limb4 >> 19) | (value._limb5 << 45)) & DigitMask,
            value._limb5 >> 10);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Digits OfTwice(in Fp value) => new(
            (value._limb0 << 1) & DigitMask,
            ((value._limb0 >> 54) | (value._limb1 << 10)) & DigitMask,
            ((value._limb1 >> 45) | (value._limb2 << 19)) & DigitMask,
            ((value._limb2 >> 36) | (value._limb3 << 28)) & DigitMask,
            ((value._limb3 >> 27) | (value._limb4 << 37)) & DigitMask,
            ((value._limb4 >> 18) | (value._limb5 << 46)) & DigitMask,
            value._limb5 >> 9);
    }
}
