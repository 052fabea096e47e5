using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;

namespace Federation.Proofs.Tests.Groth16;

public sealed class InputCombinationTests
{
    private const int Seed = 1609;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public void Sum_ScalarsOfAnySize_IsTheSumOfProducts(int count)
    {
        var random = new Random(Seed);
        var points = new G1Affine[count];
        var scalars = new Fr[count];
        var expected = G1Point.Infinity;
        for (var i = 0; i < count; i++)
        {
            points[i] = G1Point.Generator.MultiplyVarTime(Fr.FromUInt64((ulong)random.NextInt64())).ToAffine();
            scalars[i] = Scalar(random, i);
            expected += G1Point.FromAffine(points[i]).MultiplyVarTime(scalars[i]);
        }

        Assert.Equal(expected, new InputCombination(points).Sum(scalars));
    }

    private static Fr Scalar(Random random, int index)
    {
        var bytes = new byte[Fr.SizeBytes];
        random.NextBytes(bytes);
        bytes[^1] &= 0x3f;
        return (index % 5) switch
        {
            0 => -Fr.One,
            1 => Fr.FromUInt64((ulong)random.Next(64)),
            2 => Fr.Zero,
            3 => Fr.One,
            _ => Fr.FromBytes(bytes),
        };
    }
}
