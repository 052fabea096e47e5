using System.Security.Cryptography;
using System.Text.Json;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Curve;

public class PairingTests
{
    private const int Seed = 20261128;

    private static readonly G1Affine G1 = G1Affine.Generator;
    private static readonly G2Affine G2 = G2Affine.Generator;

    private static JsonElement Published()
    {
        using var document = JsonDocument.Parse(Vectors.Read("bls12-381/published.json"));
        return document.RootElement.Clone();
    }

    [Fact]
    public void Generators_Paired_GiveThePublishedValue()
    {
        var value = Pairing.Compute(G1, G2);
        Assert.Equal(
            Published().GetProperty("generators").EnumerateArray().Select(one => "0x" + one.GetString()),
            Coefficients(value).Select(one => one.ToString()));
        Assert.True(value.PowVarTime(FpNumbers.Limbs(FpNumbers.Order)).IsOne);
        Assert.False(value.IsOne);
    }

    [Theory]
    [InlineData("g1Compressed")]
    [InlineData("g1Uncompressed")]
    [InlineData("g2Compressed")]
    [InlineData("g2Uncompressed")]
    public void Multiples_OfGenerator_HaveThePublishedBytes(string form)
    {
        const int Count = 1000;
        var g1 = new G1Affine[Count];
        var g2 = new G2Affine[Count];
        G1Point.ToAffine(CurvePoints.G1Multiples(Count).ToArray(), g1);
        G2Point.ToAffine(CurvePoints.G2Multiples(Count).ToArray(), g2);
        var bytes = form switch
        {
            "g1Compressed" => g1.SelectMany(point => point.ToCompressed()),
            "g1Uncompressed" => g1.SelectMany(point => point.ToUncompressed()),
            "g2Compressed" => g2.SelectMany(point => point.ToCompressed()),
            _ => g2.SelectMany(point => point.ToUncompressed()),
        };
        Assert.Equal(
            Published().GetProperty("multiplesSha256").GetProperty(form).GetString(),
            Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())));
    }

    [Fact]
    public void Pairing_OfRandomMultiples_IsBilinear()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 5; i++)
        {
            Fr a = CurvePoints.RandomScalar(random), b = CurvePoints.RandomScalar(random);
            var p = G1Point.Generator.MultiplyVarTime(a).ToAffine();
            var q = G2Point.Generator.MultiplyVarTime(b).ToAffine();
            var value = Pairing.Compute(p, q);
            var both = G1Point.Generator.MultiplyVarTime(a * b).ToAffine();
            Assert.True(value == Pairing.Compute(both, G2), $"seed {Seed}");
            var bothInG2 = G2Point.Generator.MultiplyVarTime(a * b).ToAffine();
            Assert.True(value == Pairing.Compute(G1, bothInG2), $"seed {Seed}");
            Assert.True(value.Inverse() == Pairing.Compute(-p, q), $"seed {Seed}");
            Assert.True(Pairing.Product([p, -both], [new G2Prepared(q), new G2Prepared(G2)]).IsOne, $"seed {Seed}");
            Assert.False(Pairing.Product([p, both], [new G2Prepared(q), new G2Prepared(G2)]).IsOne, $"seed {Seed}");
        }
    }

    [Fact]
    public void Pairing_WithInfinity_IsOne()
    {
        Assert.True(Pairing.Compute(G1Affine.Infinity, G2).IsOne);
        Assert.True(Pairing.Compute(G1, G2Affine.Infinity).IsOne);
        Assert.True(Pairing.Compute(G1Affine.Infinity, G2Affine.Infinity).IsOne);
        Assert.True(Pairing.Product([], []).IsOne);
        Assert.Equal(
            Pairing.Compute(G1, G2),
            Pairing.Product(
                [G1Affine.Infinity, G1, G1],
                [new G2Prepared(G2), new G2Prepared(G2Affine.Infinity), new G2Prepared(G2)]));
    }

    [Fact]
    public void Pairing_OfUnequalNumbers_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Pairing.Product([G1], []));

    [Fact]
    public void Product_OfManyPairs_EqualsTheProductOfPairings()
    {
        var random = new Random(Seed);
        G1Affine[] p = [.. Enumerable.Range(0, 4).Select(_ => CurvePoints.RandomG1(random))];
        G2Affine[] q = [.. Enumerable.Range(0, 4).Select(_ => CurvePoints.RandomG2(random))];
        var expected = p.Zip(q, (a, b) => Pairing.Compute(a, b)).Aggregate((a, b) => a * b);
        Assert.True(expected == Pairing.Product(p, [.. q.Select(b => new G2Prepared(b))]), $"seed {Seed}");
        Assert.Equal(
            expected,
            Pairing.FinalExponentiation(
                p.Zip(q, (a, b) => Pairing.MillerLoop([a], [new G2Prepared(b)])).Aggregate((a, b) => a * b)));
    }

    private static IEnumerable<Fp> Coefficients(Fp12 value) =>
        new[] { value.C0, value.C1 }.SelectMany(six => new[] { six.C0, six.C1, six.C2 })
            .SelectMany(two => new[] { two.C0, two.C1 });
}
