using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16.Generation;

namespace Federation.Proofs.Tests.Groth16.Generation;

public sealed class FixedBaseTests
{
    private const int Seed = 515;

    [Fact]
    public void Multiply_InG1_IsTheProductOfEachScalar()
    {
        var scalars = Scalars();
        var generator = G1Affine.Generator;
        var (x, y) = (new Fp[scalars.Length], new Fp[scalars.Length]);

        new FixedBase<Fp>(generator.X, generator.Y).Multiply(scalars, x, y);

        for (var i = 0; i < scalars.Length; i++)
        {
            Assert.Equal(G1Point.Generator.MultiplyVarTime(scalars[i]).ToAffine(), new G1Affine(x[i], y[i]));
        }
    }

    [Fact]
    public void Multiply_InG2_IsTheProductOfEachScalar()
    {
        var scalars = Scalars();
        var generator = G2Affine.Generator;
        var (x, y) = (new Fp2[scalars.Length], new Fp2[scalars.Length]);

        new FixedBase<Fp2>(generator.X, generator.Y).Multiply(scalars, x, y);

        for (var i = 0; i < scalars.Length; i++)
        {
            Assert.Equal(G2Point.Generator.MultiplyVarTime(scalars[i]).ToAffine(), new G2Affine(x[i], y[i]));
        }
    }

    /// <summary>The edges of digits and of blocks, then random ones.</summary>
    private static Fr[] Scalars()
    {
        var random = new Random(Seed);
        var bytes = new byte[32];
        Fr Next()
        {
            random.NextBytes(bytes);
            bytes[^1] &= 0x3f;
            return Fr.FromBytes(bytes);
        }

        return
        [
            Fr.Zero,
            .. new ulong[] { 1, 2, 511, 512, 513, 1023, 1024, 1025, ulong.MaxValue }.Select(Fr.FromUInt64),
            .. new ulong[] { 1, 2, 512, 513 }.Select(small => -Fr.FromUInt64(small)),
            .. Enumerable.Range(0, 600).Select(_ => Next()),
        ];
    }
}
