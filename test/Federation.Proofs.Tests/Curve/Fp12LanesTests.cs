using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

public class Fp12LanesTests
{
    private const int Seed = 20261205;

    [Fact]
    public void Products_ByLanes_EqualScalarOnes()
    {
        ProductsByLanes<FpAvx512>();
        ProductsByLanes<FpAvx2>();
    }

    private static void ProductsByLanes<TKernel>()
        where TKernel : struct, IFpKernel
    {
        if (!TKernel.IsSupported)
        {
            return;
        }

        var operands = Operands();
        foreach (var a in operands)
        {
            Assert.True(a.SquareScalar() == Fp12Lanes<TKernel>.Multiply(a, a), $"seed {Seed}");
            foreach (var b in operands)
            {
                Assert.True(Fp12.MultiplyScalar(a, b) == Fp12Lanes<TKernel>.Multiply(a, b), $"seed {Seed}");
            }
        }
    }

    /// <summary>Coefficients of one place alone show a product's turn and where it is multiplied by 1 + u.</summary>
    [Fact]
    public void Products_OfSingleCoefficients_EqualScalarOnes()
    {
        ProductsOfSingleCoefficients<FpAvx512>();
        ProductsOfSingleCoefficients<FpAvx2>();
    }

    private static void ProductsOfSingleCoefficients<TKernel>()
        where TKernel : struct, IFpKernel
    {
        if (!TKernel.IsSupported)
        {
            return;
        }

        var random = new Random(Seed);
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++)
            {
                Fp12 a = Single(i, RandomFp2(random)), b = Single(j, RandomFp2(random));
                Assert.True(Fp12.MultiplyScalar(a, b) == Fp12Lanes<TKernel>.Multiply(a, b), $"{i}, {j}, seed {Seed}");
            }
        }
    }

    [Fact]
    public void MillerLoop_ByLanes_EqualsScalarOne()
    {
        MillerLoopByLanes<FpAvx512>();
        MillerLoopByLanes<FpAvx2>();
    }

    private static void MillerLoopByLanes<TKernel>()
        where TKernel : struct, IFpKernel
    {
        if (!TKernel.IsSupported)
        {
            return;
        }

        for (var count = 1; count <= 4; count++)
        {
            G1Affine[] p = [.. Enumerable.Range(1, count).Select(
                i => G1Point.Generator.MultiplyVarTime([(ulong)(i * Seed)]).ToAffine())];
            G2Prepared[] q = [.. Enumerable.Range(1, count).Select(
                i => new G2Prepared(G2Point.Generator.MultiplyVarTime([(ulong)(i + Seed)]).ToAffine()))];
            Assert.True(Pairing.MillerLoopScalar(p, q) == Fp12Lanes<TKernel>.MillerLoop(p, q), $"{count} pairs");
            p[0] = G1Affine.Infinity;
            Assert.True(Pairing.MillerLoopScalar(p, q) == Pairing.MillerLoop(p, q), $"{count} pairs, infinity");
            q[^1] = new G2Prepared(G2Affine.Infinity);
            Assert.True(Pairing.MillerLoopScalar(p, q) == Pairing.MillerLoop(p, q), $"{count} pairs, infinities");
        }
    }

    [Fact]
    public void CyclotomicPowers_ByLanes_EqualScalarOnes()
    {
        CyclotomicPowersByLanes<FpAvx512>();
        CyclotomicPowersByLanes<FpAvx2>();
    }

    private static void CyclotomicPowersByLanes<TKernel>()
        where TKernel : struct, IFpKernel
    {
        if (!TKernel.IsSupported)
        {
            return;
        }

        foreach (var operand in Operands().Where(one => one != default))
        {
            // To the power of (p⁶ - 1)(p² + 1), where the shorter squares hold.
            var easy = operand.Conjugate() * operand.Inverse();
            easy = easy.Frobenius().Frobenius() * easy;
            Assert.True(easy.SquareScalar() == easy.CyclotomicSquare(), $"seed {Seed}");
            Assert.True(
                easy.CyclotomicPowerOfXScalar() == Fp12Lanes<TKernel>.CyclotomicPowerOfX(easy), $"seed {Seed}");
            Assert.True(easy.CyclotomicPowerOfXScalar() == easy.PowVarTime([Endomorphisms.NegativeX]), $"seed {Seed}");
        }
    }

    private static List<Fp12> Operands()
    {
        var random = new Random(Seed);
        Fp[] edges = [Fp.Zero, Fp.One, -Fp.One, ToFp((Modulus - 1) / 2), ToFp((Modulus + 1) / 2)];
        return [
            .. edges.Select(edge => Of(_ => new Fp2(edge, edge))),
            .. edges.Select(edge => Of(_ => new Fp2(edge, -edge))),
            .. Enumerable.Range(0, 30).Select(_ => Of(_ => new Fp2(Pick(), Pick()))),
            .. Enumerable.Range(0, 30).Select(_ => Of(_ => RandomFp2(random)))];

        Fp Pick() => edges[random.Next(edges.Length)];
    }

    private static Fp12 Of(Func<int, Fp2> coefficient) => new(
        new Fp6(coefficient(0), coefficient(2), coefficient(4)), new Fp6(coefficient(1), coefficient(3), coefficient(5)));

    private static Fp12 Single(int place, Fp2 value) => Of(i => i == place ? value : default);
}
