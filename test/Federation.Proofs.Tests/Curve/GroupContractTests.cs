using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

/// <summary>What holds in either group: its arithmetic here, its encodings beside.</summary>
public abstract partial class GroupContractTests<TCase, TAffine, TPoint>
    where TCase : IGroupCase<TAffine, TPoint>
    where TAffine : unmanaged, IEquatable<TAffine>
    where TPoint : unmanaged, IEquatable<TPoint>
{
    private const int Seed = 20261124;

    private static readonly TPoint G = TCase.Generator;

    [Fact]
    public void Order_TimesGenerator_IsInfinity()
    {
        Assert.True(TCase.IsInfinity(TCase.Multiply(G, Limbs(Order))));
        Assert.False(TCase.IsInfinity(G));
        AssertSame(TCase.Negate(G), TCase.Multiply(G, Limbs(Order - 1)));
        Assert.True(TCase.IsOnCurve(TCase.AffineGenerator));
        Assert.True(TCase.IsInGroup(TCase.AffineGenerator));
    }

    // Every kind of operand with every other: sums by the formula for distinct points, doublings, opposites, infinity.
    [Fact]
    public void Sums_OfSmallMultiples_AreMultiples()
    {
        List<TPoint> multiples = [TCase.Infinity];
        while (multiples.Count < 9)
        {
            multiples.Add(TCase.AddMixed(multiples[^1], TCase.AffineGenerator));
        }

        for (var i = -4; i <= 4; i++)
        {
            for (var j = -4; j <= 4; j++)
            {
                TPoint a = Signed(i), b = Signed(j);
                AssertSame(Signed(i + j), TCase.Add(a, b));
                AssertSame(Signed(i - j), TCase.Subtract(a, b));
                AssertSame(Signed(i + j), TCase.AddMixed(a, TCase.ToAffine(b)));
                Assert.Equal(i == j, TCase.Same(a, b));
                Assert.Equal(i != j, TCase.Differ(a, b));
            }

            AssertSame(Signed(2 * i), TCase.Twice(Signed(i)));
            Assert.Equal(i == 0, TCase.IsInfinity(Signed(i)));
        }

        TPoint Signed(int k) => k >= 0 ? multiples[k] : TCase.Negate(multiples[-k]);
    }

    [Fact]
    public void Multiples_ByRandomScalars_AreLinear()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 10; i++)
        {
            Fr a = CurvePoints.RandomScalar(random), b = CurvePoints.RandomScalar(random);
            TPoint p = TCase.Multiply(G, a), q = TCase.Multiply(G, b);
            AssertSame(TCase.Multiply(G, a + b), TCase.Add(p, q));
            AssertSame(TCase.Multiply(p, b), TCase.Multiply(G, a * b));
            Assert.True(TCase.IsOnCurve(TCase.ToAffine(p)) && TCase.IsInGroup(TCase.ToAffine(p)), $"seed {Seed}");
        }

        Assert.True(TCase.IsInfinity(TCase.Multiply(G, Fr.Zero)));
        AssertSame(G, TCase.Multiply(G, Fr.One));
        AssertSame(TCase.Negate(G), TCase.Multiply(G, -Fr.One));
        Assert.True(TCase.IsInfinity(TCase.Multiply(TCase.Infinity, Fr.One)));
    }

    // The digits of a scalar have no other meaning than its bits.
    [Fact]
    public void Multiples_ByIntegers_EqualDoubleAndAdd()
    {
        ulong[] scalars = [0, 1, 2, 15, 16, 17, 31, 32, 33, 0x8000000000000000, ulong.MaxValue, 0xd201000000010000];
        foreach (var scalar in scalars)
        {
            var expected = TCase.Infinity;
            for (var bit = 63; bit >= 0; bit--)
            {
                expected = TCase.Twice(expected);
                expected = (scalar >> bit & 1) != 0 ? TCase.Add(expected, G) : expected;
            }

            AssertSame(expected, TCase.Multiply(G, [scalar]));
            AssertSame(expected, TCase.Multiply(G, [scalar, 0]));
            AssertSame(expected, TCase.Multiply(G, Fr.FromUInt64(scalar)));
        }

        var twice = TCase.Twice(G);
        AssertSame(TCase.Multiply(twice, [Endomorphisms.NegativeX]), TCase.MultiplyByMagnitudeOfX(twice));
        Assert.True(TCase.IsInfinity(TCase.MultiplyByMagnitudeOfX(TCase.Infinity)));
    }

    [Fact]
    public void GroupTest_OfPointsOfTheCurve_AgreesWithOrder()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 10; i++)
        {
            var other = TCase.OfCurve(random);
            var inside = RandomInside(random);
            Assert.True(TCase.IsOnCurve(other));
            Assert.False(TCase.IsInfinity(TCase.Multiply(TCase.FromAffine(other), Limbs(Order))));
            Assert.True(TCase.IsInfinity(TCase.Multiply(TCase.FromAffine(inside), Limbs(Order))));
            Assert.False(TCase.IsInGroup(other), $"seed {Seed}");
            Assert.True(TCase.IsInGroup(inside), $"seed {Seed}");
            Assert.False(TCase.IsInGroup(Sum(inside, other)), $"seed {Seed}");
        }

        Assert.True(TCase.IsInGroup(TCase.AffineInfinity));
    }

    /// <summary>The orders for which a test of membership that is nearly right is wrong.</summary>
    [Fact]
    public void GroupTest_OfPointsOfSmallOrder_RefusesEachPrimeOfTheCofactor()
    {
        var random = new Random(Seed);
        foreach (var prime in TCase.SmallPrimesOfCofactor)
        {
            var small = TCase.ToAffine(OfOrder(prime, random));
            var beside = Sum(RandomInside(random), small);
            foreach (var point in new[] { small, TCase.Negate(small), beside })
            {
                Assert.True(TCase.IsOnCurve(point), $"order {prime}");
                Assert.False(TCase.IsInGroup(point), $"order {prime}, seed {Seed}");
                Assert.Equal(PointFault.NotInGroup, Compressed(TCase.ToCompressed(point)));
                Assert.Equal(PointFault.NotInGroup, Uncompressed(TCase.ToUncompressed(point)));
            }
        }
    }

    [Fact]
    public void Cofactor_TimesAnyPoint_IsInTheGroup()
    {
        var random = new Random(Seed);
        var primes = TCase.SmallPrimesOfCofactor;
        Assert.All(primes, prime => Assert.True((TCase.Cofactor % prime).IsZero));
        Assert.True(TCase.IsInGroup(
            TCase.ToAffine(TCase.Multiply(TCase.FromAffine(TCase.OfCurve(random)), Limbs(TCase.Cofactor)))));
    }

    [Fact]
    public void ToAffine_OfMany_EqualsOneByOne()
    {
        var random = new Random(Seed);
        TPoint[] points = [TCase.Infinity, G, TCase.Twice(G), TCase.Infinity, .. Enumerable.Range(0, 5).Select(
            _ => TCase.Twice(TCase.Multiply(G, CurvePoints.RandomScalar(random))))];
        var affine = new TAffine[points.Length];
        TCase.ToAffine(points, affine);
        Assert.Equal(points.Select(TCase.ToAffine), affine);
        Assert.All(affine, point => Assert.True(TCase.IsOnCurve(point)));
        TCase.ToAffine([], []);
        Assert.Throws<ArgumentException>(() => TCase.ToAffine(points, new TAffine[1]));
    }

    private static TPoint OfOrder(int prime, Random random)
    {
        var rest = Order * TCase.Cofactor;
        while ((rest % prime).IsZero)
        {
            rest /= prime;
        }

        TPoint point;
        do
        {
            point = TCase.Multiply(TCase.FromAffine(TCase.OfCurve(random)), Limbs(rest));
        }
        while (TCase.IsInfinity(point));
        for (var next = Times(point); !TCase.IsInfinity(next); next = Times(point))
        {
            point = next;
        }

        return point;

        TPoint Times(TPoint one) => TCase.Multiply(one, [(ulong)prime]);
    }

    private static TAffine RandomInside(Random random) =>
        TCase.ToAffine(TCase.Multiply(G, CurvePoints.RandomScalar(random)));

    private static TAffine Sum(TAffine left, TAffine right) =>
        TCase.ToAffine(TCase.AddMixed(TCase.FromAffine(left), right));

    private static void AssertSame(TPoint expected, TPoint actual) => Assert.True(
        expected.Equals(actual), $"{TCase.ToAffine(expected)} is expected, not {TCase.ToAffine(actual)}; seed {Seed}");
}
