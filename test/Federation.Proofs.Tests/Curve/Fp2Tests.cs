using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

public class Fp2Tests
{
    private const int Seed = 20261123;

    private static List<Fp2> Operands()
    {
        var random = new Random(Seed);
        var fp = Edges.Take(6).Append(Modulus - 1).Select(ToFp).ToList();
        return [.. fp.SelectMany(a => fp.Select(b => new Fp2(a, b))),
            .. Enumerable.Range(0, 20).Select(_ => RandomFp2(random))];
    }

    // Over whole numbers, with u² = -1.
    [Fact]
    public void Arithmetic_OfAllPairs_EqualsBigInteger()
    {
        foreach (var x in Operands())
        {
            foreach (var y in Operands())
            {
                var (a, b, c, d) = (ToInteger(x.C0), ToInteger(x.C1), ToInteger(y.C0), ToInteger(y.C1));
                Assert.Equal(Of(a + c, b + d), x + y);
                Assert.Equal(Of(a - c, b - d), x - y);
                Assert.Equal(Of((a * c) - (b * d), (a * d) + (b * c)), x * y);
                Assert.Equal(a == c && b == d, x == y);
                Assert.Equal(a != c || b != d, x != y);
            }
        }
    }

    [Fact]
    public void UnaryOperations_OfAllOperands_AgreeWithProducts()
    {
        foreach (var x in Operands())
        {
            Assert.Equal(x * x, x.Square());
            Assert.Equal(x + x, x.Twice());
            Assert.Equal(Fp2.Zero - x, -x);
            Assert.Equal(x * new Fp2(Fp.One, Fp.One), x.MultiplyByNonResidue());
            Assert.Equal(x * new Fp2(x.C0, Fp.Zero), x * x.C0);
            Assert.Equal(x.PowVarTime(Fp.ModulusLimbs), x.Conjugate());
            if (!x.IsZero)
            {
                Assert.Equal(Fp2.One, x * x.Inverse());
                Assert.NotEqual(x.IsGreaterThanNegative, (-x).IsGreaterThanNegative);
            }
        }
    }

    [Fact]
    public void SquareRoot_OfSquaresAndOthers_IsFoundOrRefused()
    {
        // 1 + u is no square, so just one of an element and its product with it is.
        foreach (var x in Operands())
        {
            Assert.True(x.Square().TrySquareRoot(out var root));
            Assert.True(root == x || root == -x);
            Assert.Equal(x.IsZero, x.Square().MultiplyByNonResidue().TrySquareRoot(out root));
            Assert.True(root.IsZero);
        }
    }

    [Fact]
    public void Bytes_OfAllOperands_AreReadBack()
    {
        var bytes = new byte[Fp2.SizeBytes];
        foreach (var x in Operands())
        {
            x.WriteBytes(bytes);
            Assert.Equal(ToInteger(x.C1), new System.Numerics.BigInteger(bytes.AsSpan(0, 48), true, true));
            Assert.True(Fp2.TryFromBytes(bytes, out var read));
            Assert.Equal(x, read);
        }

        Bytes(Modulus).CopyTo(bytes, 48);
        Assert.False(Fp2.TryFromBytes(bytes, out _));
    }

    private static Fp2 Of(System.Numerics.BigInteger c0, System.Numerics.BigInteger c1) =>
        new(ToFp(((c0 % Modulus) + Modulus) % Modulus), ToFp(((c1 % Modulus) + Modulus) % Modulus));
}
