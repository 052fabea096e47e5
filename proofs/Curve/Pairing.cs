namespace Federation.Proofs.Curve;

/// <summary>
/// The optimal ate pairing of BLS12-381. Its values are third powers of those with the least exponent, as in other
/// implementations of this curve. Points are taken as they are: who reads them checks them. Time depends on whether
/// points are infinite. Safe to call from any thread.
/// </summary>
public static class Pairing
{
    /// <summary>The pairing of two points.</summary>
    public static Fp12 Compute(in G1Affine p, in G2Affine q) =>
        FinalExponentiation(MillerLoop([p], [new G2Prepared(q)]));

    /// <summary>The product of the pairings of points of the same places, by one final exponentiation.</summary>
    /// <exception cref="ArgumentException">The spans are not of one length.</exception>
    public static Fp12 Product(ReadOnlySpan<G1Affine> p, ReadOnlySpan<G2Prepared> q) =>
        FinalExponentiation(MillerLoop(p, q));

    /// <summary>
    /// The product of the Miller loops of points of the same places, which share their squares; the pairing's value is
    /// its final exponentiation.
    /// </summary>
    /// <exception cref="ArgumentException">The spans are not of one length.</exception>
    public static Fp12 MillerLoop(ReadOnlySpan<G1Affine> p, ReadOnlySpan<G2Prepared> q)
    {
        if (p.Length != q.Length)
        {
            throw new ArgumentException($"{p.Length} points of G1 cannot be paired with {q.Length} of G2.");
        }

        if (!Fp12Paths.HasLanes)
        {
            return MillerLoopScalar(p, q);
        }

        var finiteOfG1 = new G1Affine[p.Length];
        var finiteOfG2 = new G2Prepared[p.Length];
        int count = 0;
        for (int i = 0; i < p.Length; i++)
        {
            if (!p[i].IsInfinity && !q[i].IsInfinity)
            {
                (finiteOfG1[count], finiteOfG2[count]) = (p[i], q[i]);
                count++;
            }
        }

        return Fp12Paths.MillerLoop(finiteOfG1.AsSpan(0, count), finiteOfG2.AsSpan(0, count));
    }

    internal static Fp12 MillerLoopScalar(ReadOnlySpan<G1Affine> p, ReadOnlySpan<G2Prepared> q)
    {
        Fp12 value = Fp12.One;
        int next = 0;
        for (int bit = 62; bit >= 0; bit--)
        {
            value = next == 0 ? value : value.SquareScalar();
            value = MultiplyByLines(value, p, q, next++);
            if (((Endomorphisms.NegativeX >> bit) & 1) != 0)
            {
                value = MultiplyByLines(value, p, q, next++);
            }
        }

        // The parameter is negative: the inverse, up to what the final exponentiation takes away.
        return value.Conjugate();
    }

    /// <summary>
    /// The power by 3·(p¹² - 1) / r: by (p⁶ - 1)(p² + 1) with conjugates and Frobenius maps, and then by
    /// (x - 1)²(x + p)(x² + p² - 1) + 3 (Hayashida, Hayasaka, Teruya: Efficient final exponentiation via cyclotomic
    /// structure for pairings over families of elliptic curves, 2020).
    /// </summary>
    /// <exception cref="DivideByZeroException">The value is zero, which no Miller loop gives.</exception>
    public static Fp12 FinalExponentiation(in Fp12 value)
    {
        Fp12 easy = value.Conjugate() * value.Inverse();
        easy = easy.Frobenius().Frobenius() * easy;

        // x is negative, so that each power by its magnitude is that by x of the conjugate.
        Fp12 power = easy.CyclotomicPowerOfX() * easy;
        power = power.CyclotomicPowerOfX() * power;
        power = power.CyclotomicPowerOfX().Conjugate() * power.Frobenius();
        Fp12 last = power.CyclotomicPowerOfX().CyclotomicPowerOfX() * power.Frobenius().Frobenius()
            * power.Conjugate();
        return last * (easy.CyclotomicSquare() * easy);
    }

    private static Fp12 MultiplyByLines(
        in Fp12 value, ReadOnlySpan<G1Affine> p, ReadOnlySpan<G2Prepared> q, int index)
    {
        Fp12 product = value;
        for (int i = 0; i < p.Length; i++)
        {
            if (!p[i].IsInfinity && !q[i].IsInfinity)
            {
                product = q[i][index].MultiplyInto(product, p[i]);
            }
        }

        return product;
    }
}
