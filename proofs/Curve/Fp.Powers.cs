using System.Numerics;

namespace Federation.Proofs.Curve;

public readonly partial struct Fp
{
    private const int WindowBits = 4;

    /// <summary>p as limbs, least significant first.</summary>
    internal static ReadOnlySpan<ulong> ModulusLimbs => [Modulus0, Modulus1, Modulus2, Modulus3, Modulus4, Modulus5];

    private static ReadOnlySpan<ulong> InverseExponent =>
        [Modulus0 - 2, Modulus1, Modulus2, Modulus3, Modulus4, Modulus5];

    // (p + 1) / 4, a whole number since p is 3 modulo 4.
    private static ReadOnlySpan<ulong> SquareRootExponent =>
        [0xee7fbfffffffeaab, 0x07aaffffac54ffff, 0xd9cc34a83dac3d89,
         0xd91dd2e13ce144af, 0x92c6e9ed90d2eb35, 0x0680447a8e5ff9a6];

    /// <summary>
    /// Power by an exponent of any length, 64-bit limbs, least significant first; zero to the power of zero is one.
    /// Time depends on the exponent.
    /// </summary>
    public Fp PowVarTime(ReadOnlySpan<ulong> exponent)
    {
        Span<Fp> powers = stackalloc Fp[1 << WindowBits];
        powers[0] = One;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * this;
        }

        Fp result = One;
        for (int bit = BitLength(exponent) - 1; bit >= 0; bit--)
        {
            result = result.Square();
            if (bit % WindowBits == 0)
            {
                result *= powers[(int)(exponent[bit / 64] >> (bit % 64)) & ((1 << WindowBits) - 1)];
            }
        }

        return result;
    }

    /// <summary>Multiplicative inverse. Time does not depend on the element.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public Fp Inverse()
    {
        if (IsZero)
        {
            throw new DivideByZeroException("Zero has no inverse in the base field.");
        }

        // R² over the element times R, the inverse times R.
        Span<ulong> limbs = [_limb0, _limb1, _limb2, _limb3, _limb4, _limb5];
        Divsteps.Invert(limbs, RadixSquaredLimbs);
        return new Fp(limbs[0], limbs[1], limbs[2], limbs[3], limbs[4], limbs[5]);
    }

    /// <summary>Multiplicative inverse by Fermat's theorem, with which tests compare; that of zero is zero.</summary>
    internal Fp InverseByPower() => PowVarTime(InverseExponent);

    /// <summary>One of the two square roots; false, and zero, where the element is not a square.</summary>
    public bool TrySquareRoot(out Fp root)
    {
        Fp candidate = SquareRootOfEither();
        bool isSquare = candidate.Square() == this;
        root = isSquare ? candidate : default;
        return isSquare;
    }

    /// <summary>A square root of the element or of its negative, of which one is a square.</summary>
    internal Fp SquareRootOfEither() => PowVarTime(SquareRootExponent);

    private static int BitLength(ReadOnlySpan<ulong> exponent)
    {
        int limb = exponent.Length - 1;
        while (limb >= 0 && exponent[limb] == 0)
        {
            limb--;
        }

        return limb < 0 ? 0 : (64 * limb) + 64 - BitOperations.LeadingZeroCount(exponent[limb]);
    }
}
