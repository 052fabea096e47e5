using System.Numerics;
using System.Runtime.Intrinsics;
using Federation.Proofs.Curve;
using static Federation.Proofs.Tests.Curve.FpNumbers;

namespace Federation.Proofs.Tests.Curve;

public class FpLimbLanesTests
{
    private const int Seed = 20261130, Lanes = 8, Limb = 52;

    // What the doubles of a low and of a high half have in the bits above their 52, read as integers.
    private const ulong LowBase = 0x433, HighBase = 0x467;

    [Fact]
    public void Products_ByLanes_EqualScalarOnes()
    {
        if (!FpLimbLanes.IsSupported)
        {
            return;
        }

        var random = new Random(Seed);
        List<Fp> edges = [.. Edges.Select(ToFp)];
        List<Fp2> operands = [.. edges.SelectMany(a => edges.Take(6).Append(edges[^1]).Select(b => new Fp2(a, b))),
            .. Enumerable.Range(0, 60).Select(_ => RandomFp2(random))];
        foreach (var a in operands)
        {
            FpLimbLanes.Square(a, out var square);
            Assert.True(a.SquareScalar() == square, $"square of {a}, seed {Seed}");
            foreach (var b in operands)
            {
                FpLimbLanes.Multiply(a, b, out var product);
                Assert.True(Fp2.MultiplyScalar(a, b) == product, $"{a} times {b}, seed {Seed}");
            }

            FpLimbLanes.Multiply(a, operands[^1].C0, out var byBase);
            Assert.True(Fp2.MultiplyScalar(a, operands[^1].C0) == byBase, $"{a}, seed {Seed}");
        }
    }

    [Fact]
    public void Products_ByLanesWithResultInOperandsPlace_EqualScalarOnes()
    {
        if (!FpLimbLanes.IsSupported)
        {
            return;
        }

        var random = new Random(Seed);
        Fp2 a = RandomFp2(random), b = RandomFp2(random);
        Fp2[] cells = [a, a, a, a];
        FpLimbLanes.Multiply(cells[0], b, out cells[0]);
        FpLimbLanes.Multiply(b, cells[1], out cells[1]);
        FpLimbLanes.Square(cells[2], out cells[2]);
        FpLimbLanes.Multiply(cells[3], cells[3].C1, out cells[3]);
        Assert.Equal([a * b, a * b, a * a, a * a.C1], cells);
    }

    [Fact]
    public void Constants_FollowFromTheModulus()
    {
        var radix = BigInteger.One << Limb;
        Assert.Equal(radix - 1, (Modulus * FpLimbConstants.NegativeInverse) % radix);
        Assert.Equal(Cut(Modulus, 0), Values(FpLimbConstants.ModulusLimbs));
        Assert.Equal(Cut(Modulus, 0), Enumerable.Range(0, Lanes).Select(i => (ulong)FpLimbConstants.Modulus[i]));

        // The difference's two products take the exponents away from each other.
        var positive = (4 * Modulus * Modulus) << 32;
        AssertEnds(1, 0, FpLimbConstants.FirstOfOne, FpLimbConstants.LastOfOne);
        AssertEnds(2, 0, FpLimbConstants.FirstOfSum, FpLimbConstants.LastOfSum);
        AssertEnds(0, positive, FpLimbConstants.FirstOfDifference, FpLimbConstants.LastOfDifference);
    }

    // A column gets a low half of each product in each row that it is in, and at the end of the row a high half of each
    // and of the reduction, except in the row in which it is lane 0, which it leaves before.
    private static void AssertEnds(ulong products, BigInteger start, Vector512<ulong> first, Vector512<ulong> last)
    {
        ulong low = (products * LowBase) << Limb, high = ((products + 1) * HighBase) << Limb;
        for (var i = 0; i < Lanes; i++)
        {
            var rows = (ulong)i;
            Assert.Equal(Cut(start, 0)[i], first[i] + ((rows + 1) * low) + (rows * high));
            Assert.Equal(Cut(start, Lanes)[i], last[i] + ((7 - rows) * low) + ((8 - rows) * high));
        }

        Assert.True(start < BigInteger.One << (2 * Lanes * Limb));
    }

    private static ulong[] Cut(BigInteger value, int from) =>
        [.. Enumerable.Range(from, Lanes).Select(i => (ulong)((value >> (Limb * i)) & ((1UL << Limb) - 1)))];

    private static ulong[] Values(Vector512<ulong> vector) => [.. Enumerable.Range(0, Lanes).Select(i => vector[i])];
}
