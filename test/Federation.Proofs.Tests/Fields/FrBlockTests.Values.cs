using System.Numerics;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Fields;

// Elements at the bounds, written into blocks and read out of them.
public sealed partial class FrBlockTests
{
    private static void AssertCongruent(BigInteger expected, BigInteger actual) =>
        Assert.True(Reduced(expected) == Reduced(actual), $"{expected} is not {actual}, seed {Seed}");

    private static void AssertWithin(BigInteger bound, BigInteger value) =>
        Assert.True(BigInteger.Abs(value) <= bound, $"{value} is beyond {bound}, seed {Seed}");

    private static BigInteger Reduced(BigInteger value) => ((value % Modulus) + Modulus) % Modulus;

    // Elements that a block may hold, from -16·r to 16·r: edges, random ones, and all limbs at the bound.
    private static BigInteger[] Elements(Random random) =>
        [.. Enumerable.Range(0, FrBlock.Elements).Select(_ => random.Next(4) switch
        {
            0 => (random.Next(33) - 16) * Modulus,
            1 => Element(random) * (random.Next(31) - 15),
            2 => ((random.Next(2) * 2) - 1) * GreatestElement(random),
            _ => Element(random),
        })];

    private static BigInteger GreatestElement(Random random) =>
        GreatestLimb + (GreatestLimb << 52) + (GreatestLimb << 104) + (GreatestLimb << 156)
        + ((BigInteger)random.NextInt64(1L << 50) << 208);

    private static BigInteger Element(Random random)
    {
        var bytes = new byte[40];
        random.NextBytes(bytes);
        return random.Next(6) switch
        {
            0 => Modulus - 1 - random.Next(2),
            1 => random.Next(2),
            2 => (BigInteger.One << random.Next(256)) % Modulus,
            _ => new BigInteger(bytes, isUnsigned: true) % Modulus,
        };
    }

    // Of the limbs that make up a value the greatest in magnitude that are allowed.
    private static FrBlock Write(BigInteger[] values)
    {
        FrBlock block = default;
        for (int i = 0; i < values.Length; i++)
        {
            BigInteger rest = BigInteger.Abs(values[i]);
            for (int limb = 0; limb < FrBlock.Limbs; limb++)
            {
                BigInteger digit = limb == FrBlock.Limbs - 1 ? rest : rest - ((rest >> 52) << 52);
                digit = limb < FrBlock.Limbs - 1 && digit > GreatestLimb ? digit - (BigInteger.One << 52) : digit;
                block[i, limb] = values[i].Sign * (double)digit;
                rest = (rest - digit) >> 52;
            }
        }

        return block;
    }

    private static BigInteger[] Read(FrBlock block)
    {
        var values = new BigInteger[FrBlock.Elements];
        for (int i = 0; i < values.Length; i++)
        {
            for (int limb = FrBlock.Limbs - 1; limb >= 0; limb--)
            {
                AssertWithin(GreatestLimb, (BigInteger)block[i, limb]);
                values[i] = (values[i] << 52) + (BigInteger)block[i, limb];
            }
        }

        return values;
    }

    private static Fr ToFr(BigInteger value)
    {
        var bytes = new byte[Fr.SizeBytes];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return Fr.FromBytes(bytes);
    }

    private static BigInteger ToInteger(Fr value) => new(value.ToBytes(), isUnsigned: true);
}
