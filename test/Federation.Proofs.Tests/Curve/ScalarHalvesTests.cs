using System.Numerics;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Curve;

public class ScalarHalvesTests
{
    private const int Seed = 20261206;

    private static readonly BigInteger XSquared = BigInteger.Pow(0xd201000000010000, 2);

    [Fact]
    public void Halves_OfAnyScalar_MakeItsMultiple()
    {
        var random = new Random(Seed);
        BigInteger[] edges =
        [
            0, 1, ulong.MaxValue, XSquared - 1, XSquared, XSquared + 1, (BigInteger.One << 128) - 1,
            BigInteger.One << 128, XSquared * XSquared - XSquared, FpNumbers.Order - 1, FpNumbers.Order / 2,
        ];
        var point = G1Point.Generator.MultiplyVarTime([Seed]).ToAffine();
        foreach (var value in edges.Concat(Enumerable.Range(0, 40).Select(_ => FpNumbers.Random(random) % FpNumbers.Order)))
        {
            var scalar = Scalar(value);
            ScalarHalves.Part(scalar, out var low, out var high);
            Assert.True(value == (BigInteger)low + ((BigInteger)high * XSquared), $"{value}, seed {Seed}");
            var sum = G1Point.FromAffine(point).MultiplyVarTime(Limbs(low))
                + G1Point.FromAffine(ScalarHalves.OfHigh(point)).MultiplyVarTime(Limbs(high));
            Assert.True(G1Point.FromAffine(point).MultiplyVarTime(scalar) == sum, $"{value}, seed {Seed}");
        }
    }

    private static ulong[] Limbs(UInt128 half) => [(ulong)half, (ulong)(half >> 64)];

    private static Fr Scalar(BigInteger value)
    {
        var bytes = new byte[Fr.SizeBytes];
        value.ToByteArray(isUnsigned: true).CopyTo(bytes, 0);
        return Fr.FromBytes(bytes);
    }
}
