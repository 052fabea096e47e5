namespace Federation.Proofs.Curve;

public readonly partial struct Fp12
{
    /// <summary>The p-th power: each coefficient of w^k conjugated and times (1 + u)^(k(p-1)/6).</summary>
    internal Fp12 Frobenius()
    {
        FrobeniusPowers powers = FrobeniusPowers.OfSixths;
        return new Fp12(
            new Fp6(
                C0.C0.Conjugate(), C0.C1.Conjugate() * powers.Second, C0.C2.Conjugate() * powers.Fourth),
            new Fp6(
                C1.C0.Conjugate() * powers.First,
                C1.C1.Conjugate() * powers.Third,
                C1.C2.Conjugate() * powers.Fifth));
    }

    /// <summary>
    /// Square of an element whose order divides p⁴ - p² + 1, as after the easy part of the final exponentiation, by
    /// nine squares of <see cref="Fp2"/> (Granger, Scott: Faster squaring in the cyclotomic subgroup of sixth degree
    /// extensions, 2010).
    /// </summary>
    internal Fp12 CyclotomicSquare()
    {
        SquareQuartic(C0.C0, C1.C1, out Fp2 a0, out Fp2 a1);
        SquareQuartic(C1.C0, C0.C2, out Fp2 b0, out Fp2 b1);
        SquareQuartic(C0.C1, C1.C2, out Fp2 c0, out Fp2 c1);
        return new Fp12(
            new Fp6(TripleLess(a0, C0.C0), TripleLess(b0, C0.C1), TripleLess(c0, C0.C2)),
            new Fp6(
                TriplePlus(c1.MultiplyByNonResidue(), C1.C0), TriplePlus(a1, C1.C1), TriplePlus(b1, C1.C2)));
    }

    /// <summary>Power by the magnitude of the curve's parameter, of an element as
    /// <see cref="CyclotomicSquare"/> needs it.</summary>
    internal Fp12 CyclotomicPowerOfX() =>
        Fp12Paths.HasLanes ? Fp12Paths.CyclotomicPowerOfX(this) : CyclotomicPowerOfXScalar();

    internal Fp12 CyclotomicPowerOfXScalar()
    {
        Fp12 power = this;
        for (int bit = 62; bit >= 0; bit--)
        {
            power = power.CyclotomicSquare();
            if (((Endomorphisms.NegativeX >> bit) & 1) != 0)
            {
                power = MultiplyScalar(power, this);
            }
        }

        return power;
    }

    /// <summary>
    /// Product with c0 + c1·v + c4·v·w, the shape of a line of the Miller loop, by 13 products of <see cref="Fp2"/>.
    /// </summary>
    internal Fp12 MultiplyBy014(in Fp2 c0, in Fp2 c1, in Fp2 c4)
    {
        Fp6 p0 = C0.MultiplyBy01(c0, c1);
        Fp6 p1 = C1.MultiplyBy1(c4);
        Fp6 cross = (C0 + C1).MultiplyBy01(c0, c1 + c4);
        return new Fp12(p0 + p1.MultiplyByV(), cross - p0 - p1);
    }

    // (a + b·s)² with s² = 1 + u: a² + b²·(1 + u), and 2ab.
    private static void SquareQuartic(in Fp2 a, in Fp2 b, out Fp2 c0, out Fp2 c1)
    {
        Fp2 aa = a.Square();
        Fp2 bb = b.Square();
        c0 = bb.MultiplyByNonResidue() + aa;
        c1 = (a + b).Square() - aa - bb;
    }

    // 3a - 2b
    private static Fp2 TripleLess(in Fp2 a, in Fp2 b) => (a - b).Twice() + a;

    // 3a + 2b
    private static Fp2 TriplePlus(in Fp2 a, in Fp2 b) => (a + b).Twice() + a;
}
