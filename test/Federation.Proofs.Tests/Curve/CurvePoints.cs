using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Curve;

/// <summary>Points and scalars drawn at random for tests.</summary>
internal static class CurvePoints
{
    public static Fr RandomScalar(Random random)
    {
        var bytes = new byte[Fr.SizeBytes];
        random.NextBytes(bytes);
        bytes[^1] &= 0x3f;
        return Fr.FromBytes(bytes);
    }

    public static G1Affine RandomG1(Random random) =>
        G1Point.Generator.MultiplyVarTime(RandomScalar(random)).ToAffine();

    public static G2Affine RandomG2(Random random) =>
        G2Point.Generator.MultiplyVarTime(RandomScalar(random)).ToAffine();

    /// <summary>The multiples of the generator from 0 up, by additions.</summary>
    public static List<G1Point> G1Multiples(int count)
    {
        List<G1Point> multiples = [G1Point.Infinity];
        while (multiples.Count < count)
        {
            multiples.Add(multiples[^1] + G1Affine.Generator);
        }

        return multiples;
    }

    /// <summary>The multiples of the generator from 0 up, by additions.</summary>
    public static List<G2Point> G2Multiples(int count)
    {
        List<G2Point> multiples = [G2Point.Infinity];
        while (multiples.Count < count)
        {
            multiples.Add(multiples[^1] + G2Affine.Generator);
        }

        return multiples;
    }

    /// <summary>A point of the curve: one in 2^125 of them is in the group.</summary>
    public static G1Affine RandomG1OutsideGroup(Random random)
    {
        while (true)
        {
            var x = FpNumbers.RandomFp(random);
            if (((x.Square() * x) + Fp.FromUInt64(4)).TrySquareRoot(out var y))
            {
                return new G1Affine(x, y);
            }
        }
    }

    /// <summary>A point of the curve: one in 2^507 of them is in the group.</summary>
    public static G2Affine RandomG2OutsideGroup(Random random)
    {
        var four = Fp.FromUInt64(4);
        while (true)
        {
            var x = FpNumbers.RandomFp2(random);
            if (((x.Square() * x) + new Fp2(four, four)).TrySquareRoot(out var y))
            {
                return new G2Affine(x, y);
            }
        }
    }
}
