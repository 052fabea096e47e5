using System.Numerics;
using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

/// <summary>The constants that are written down follow from the curve's parameter alone.</summary>
public class CurveConstantTests
{
    private static readonly BigInteger X = -new BigInteger(Endomorphisms.NegativeX);

    [Fact]
    public void ModulusAndOrder_FollowFromTheParameter()
    {
        var order = BigInteger.Pow(X, 4) - BigInteger.Pow(X, 2) + 1;
        Assert.Equal(Order, order);
        Assert.Equal(Modulus, (BigInteger.Pow(X - 1, 2) * order / 3) + X);
        Assert.Equal(Limbs(Modulus), Fp.ModulusLimbs.ToArray());
    }

    // The powers are made from exponents that are written down; what they are to be shows in their own powers.
    [Fact]
    public void Powers_OfNonResidue_AreThoseOfTheFrobeniusMaps()
    {
        var xi = new Fp2(Fp.One, Fp.One);
        Assert.Equal(xi.PowVarTime(Limbs((Modulus - 1) / 6)), Endomorphisms.SixthPower);
        Assert.Equal(xi.PowVarTime(Limbs((Modulus - 1) / 3)), Endomorphisms.ThirdPower);
        Assert.Equal(xi.PowVarTime(Limbs((Modulus - 1) / 2)), Endomorphisms.HalfPower);
        var powers = FrobeniusPowers.OfSixths;
        Assert.Equal(xi.PowVarTime(Limbs((Modulus - 1) / 6 * 5)), powers.Fifth);
        Assert.Equal(powers.First * powers.Fourth, powers.Fifth);
        Assert.Equal(powers.Second * powers.Third, powers.Fifth);
    }

    [Fact]
    public void Endomorphisms_OfGenerators_MultiplyByTheirEigenvalues()
    {
        Assert.Equal(Fp.One, Endomorphisms.CubeRoot.Square() * Endomorphisms.CubeRoot);
        Assert.NotEqual(Fp.One, Endomorphisms.CubeRoot);
        var g1 = G1Point.Generator;
        var g2 = G2Point.Generator;
        Assert.Equal(
            g1.MultiplyVarTime(Limbs(Order - (X * X))),
            G1Point.FromJacobian(Endomorphisms.CubeRootMap(g1.Twice().Jacobian)) - G1Point.FromJacobian(
                Endomorphisms.CubeRootMap(g1.Jacobian)));
        Assert.Equal(
            g2.MultiplyVarTime(Limbs(Order + X)), G2Point.FromJacobian(Endomorphisms.FrobeniusMap(g2.Jacobian)));
    }

    [Fact]
    public void Frobenius_OfValues_IsThePowerOfTheModulus()
    {
        var random = new Random(20261129);
        var value = new Fp12(RandomFp6(random), RandomFp6(random));
        Assert.Equal(value.PowVarTime(Limbs(Modulus)), value.Frobenius());
        Assert.Equal(
            value.Frobenius().Frobenius().Frobenius().Frobenius().Frobenius().Frobenius(), value.Conjugate());
    }

    private static Fp6 RandomFp6(Random random) => new(RandomFp2(random), RandomFp2(random), RandomFp2(random));
}
