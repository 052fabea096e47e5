using System.Numerics;
using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

public class DivstepsTests
{
    private const int Seed = 20261204, Limbs = 6;

    [Fact]
    public void Inverse_OfRandomElements_IsThatByPower()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 2000; i++)
        {
            var x = RandomFp(random);
            Assert.True(x.InverseByPower() == x.Inverse(), $"{x}, seed {Seed}");
        }
    }

    [Fact]
    public void Inverse_OfEdges_IsThatByPower()
    {
        var powersOfTwo = Enumerable.Range(0, 381).Select(bit => BigInteger.One << bit);
        var values = Edges.Concat(powersOfTwo)
            .Concat(powersOfTwo.Select(power => Modulus - power))
            .Concat(Enumerable.Range(1, 300).SelectMany(k => new[] { k, Modulus - k, Modulus / (k + 1) }))
            .Where(value => value.Sign > 0);
        foreach (var value in values)
        {
            var x = ToFp(value);
            Assert.True(x.InverseByPower() == x.Inverse(), $"{value}");
            Assert.True((x * x.Inverse()) == Fp.One, $"{value}");
        }
    }

    /// <summary>
    /// Numbers that are small as they lie in memory take the fewest steps, and those beside p the most.
    /// </summary>
    [Fact]
    public void Invert_OfIntegers_IsFactorOverValue()
    {
        var random = new Random(Seed);
        var values = Edges.Concat(Enumerable.Range(0, 200).Select(_ => FpNumbers.Random(random))).ToList();
        BigInteger[] factors = [0, 1, Modulus - 1, FpNumbers.Random(random)];
        foreach (var value in values)
        {
            foreach (var factor in factors)
            {
                var limbs = Padded(value);
                Divsteps.Invert(limbs, Padded(factor));
                var expected = factor * BigInteger.ModPow(value, Modulus - 2, Modulus) % Modulus;
                Assert.True(Padded(expected).AsSpan().SequenceEqual(limbs), $"{factor} / {value}, seed {Seed}");
            }
        }
    }

    private static ulong[] Padded(BigInteger value)
    {
        var limbs = new ulong[Limbs];
        FpNumbers.Limbs(value).CopyTo(limbs, 0);
        return limbs;
    }
}
