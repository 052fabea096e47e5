using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

public class G1PointTests
{
    private const int Seed = 20261124;

    private static readonly G1Point G = G1Point.Generator;

    private static Fr RandomScalar(Random random) => CurvePoints.RandomScalar(random);

    [Fact]
    public void Order_TimesGenerator_IsInfinity()
    {
        Assert.True(G.MultiplyVarTime(Limbs(Order)).IsInfinity);
        Assert.False(G.IsInfinity);
        Assert.Equal(-G, G.MultiplyVarTime(Limbs(Order - 1)));
        Assert.True(G1Affine.Generator.IsOnCurve);
        Assert.True(G1Affine.Generator.IsInGroup);
    }

    // Every kind of operand with every other: sums by the formula for distinct points, doublings, opposites, infinity.
    [Fact]
    public void Sums_OfSmallMultiples_AreMultiples()
    {
        var multiples = CurvePoints.G1Multiples(9);
        for (var i = -4; i <= 4; i++)
        {
            for (var j = -4; j <= 4; j++)
            {
                G1Point a = Signed(i), b = Signed(j);
                Assert.Equal(Signed(i + j), a + b);
                Assert.Equal(Signed(i - j), a - b);
                Assert.Equal(Signed(i + j), a + b.ToAffine());
                Assert.Equal(i == j, a == b);
                Assert.Equal(i != j, a != b);
            }

            Assert.Equal(Signed(2 * i), Signed(i).Twice());
            Assert.Equal(i == 0, Signed(i).IsInfinity);
        }

        G1Point Signed(int k) => k >= 0 ? multiples[k] : -multiples[-k];
    }

    [Fact]
    public void Multiples_ByRandomScalars_AreLinear()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 10; i++)
        {
            Fr a = RandomScalar(random), b = RandomScalar(random);
            G1Point p = G.MultiplyVarTime(a), q = G.MultiplyVarTime(b);
            Assert.True(G.MultiplyVarTime(a + b) == p + q, $"seed {Seed}");
            Assert.True(p.MultiplyVarTime(b) == G.MultiplyVarTime(a * b), $"seed {Seed}");
            Assert.True(p.ToAffine().IsOnCurve && p.ToAffine().IsInGroup, $"seed {Seed}");
        }

        Assert.True(G.MultiplyVarTime(Fr.Zero).IsInfinity);
        Assert.Equal(G, G.MultiplyVarTime(Fr.One));
        Assert.Equal(-G, G.MultiplyVarTime(-Fr.One));
        Assert.True(G1Point.Infinity.MultiplyVarTime(Fr.One).IsInfinity);
    }

    // The digits of a scalar have no other meaning than its bits.
    [Fact]
    public void Multiples_ByIntegers_EqualDoubleAndAdd()
    {
        ulong[] scalars = [0, 1, 2, 15, 16, 17, 31, 32, 33, 0x8000000000000000, ulong.MaxValue, 0xd201000000010000];
        foreach (var scalar in scalars)
        {
            var expected = G1Point.Infinity;
            for (var bit = 63; bit >= 0; bit--)
            {
                expected = expected.Twice();
                expected = (scalar >> bit & 1) != 0 ? expected + G : expected;
            }

            Assert.Equal(expected, G.MultiplyVarTime([scalar]));
            Assert.Equal(expected, G.MultiplyVarTime([scalar, 0]));
            Assert.Equal(expected, G.MultiplyVarTime(Fr.FromUInt64(scalar)));
        }

        Assert.Equal(
            G.Twice().MultiplyVarTime([Endomorphisms.NegativeX]),
            G1Point.FromJacobian(G.Twice().Jacobian.MultiplyByMagnitudeOfX()));
        Assert.True(default(G1Point).Jacobian.MultiplyByMagnitudeOfX().IsInfinity);
    }

    [Fact]
    public void GroupTest_OfPointsOfTheCurve_AgreesWithOrder()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 10; i++)
        {
            var other = CurvePoints.RandomG1OutsideGroup(random);
            var inside = CurvePoints.RandomG1(random);
            Assert.True(other.IsOnCurve);
            Assert.False(G1Point.FromAffine(other).MultiplyVarTime(Limbs(Order)).IsInfinity);
            Assert.True(G1Point.FromAffine(inside).MultiplyVarTime(Limbs(Order)).IsInfinity);
            Assert.False(other.IsInGroup, $"seed {Seed}");
            Assert.True(inside.IsInGroup, $"seed {Seed}");
            Assert.False((G1Point.FromAffine(inside) + other).ToAffine().IsInGroup, $"seed {Seed}");
        }

        Assert.True(G1Affine.Infinity.IsInGroup);
    }

    [Fact]
    public void ToAffine_OfMany_EqualsOneByOne()
    {
        var random = new Random(Seed);
        G1Point[] points = [G1Point.Infinity, G, G.Twice(), G1Point.Infinity, .. Enumerable.Range(0, 5).Select(
            _ => G.MultiplyVarTime(RandomScalar(random)).Twice())];
        var affine = new G1Affine[points.Length];
        G1Point.ToAffine(points, affine);
        Assert.Equal(points.Select(point => point.ToAffine()), affine);
        Assert.All(affine, point => Assert.True(point.IsOnCurve));
        G1Point.ToAffine([], []);
        Assert.Throws<ArgumentException>(() => G1Point.ToAffine(points, new G1Affine[1]));
    }
}
