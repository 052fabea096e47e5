using Federation.Proofs.Curve;

namespace Federation.Proofs.Tests.Curve;

public class EipVectorTests
{
    public static IEnumerable<object[]> G1Sums => EipPoints.Names("g1Add");

    public static IEnumerable<object[]> G2Sums => EipPoints.Names("g2Add");

    public static IEnumerable<object[]> G1Multiples => EipPoints.Names("g1Multiply");

    public static IEnumerable<object[]> G2Multiples => EipPoints.Names("g2Multiply");

    public static IEnumerable<object[]> Pairings => EipPoints.Names("pairing");

    public static IEnumerable<object[]> Refused => EipPoints.Names("refused");

    [Theory]
    [MemberData(nameof(G1Sums))]
    public void G1Sum_OfPublishedPoints_IsThePublishedOne(string name)
    {
        var one = EipPoints.Case("g1Add", name);
        var input = one.Bytes("input");
        G1Affine a = EipPoints.G1(input), b = EipPoints.G1(input.AsSpan(EipPoints.G1Bytes));
        var expected = EipPoints.G1(one.Bytes("expected"));
        Assert.Equal(expected, (G1Point.FromAffine(a) + b).ToAffine());
        Assert.Equal(expected, (G1Point.FromAffine(a) + G1Point.FromAffine(b)).ToAffine());
    }

    [Theory]
    [MemberData(nameof(G2Sums))]
    public void G2Sum_OfPublishedPoints_IsThePublishedOne(string name)
    {
        var one = EipPoints.Case("g2Add", name);
        var input = one.Bytes("input");
        G2Affine a = EipPoints.G2(input), b = EipPoints.G2(input.AsSpan(EipPoints.G2Bytes));
        var expected = EipPoints.G2(one.Bytes("expected"));
        Assert.Equal(expected, (G2Point.FromAffine(a) + b).ToAffine());
        Assert.Equal(expected, (G2Point.FromAffine(a) + G2Point.FromAffine(b)).ToAffine());
    }

    [Theory]
    [MemberData(nameof(G1Multiples))]
    public void G1Multiple_OfPublishedPoint_IsThePublishedOne(string name)
    {
        var one = EipPoints.Case("g1Multiply", name);
        var input = one.Bytes("input");
        var scalar = EipPoints.Scalar(input.AsSpan(EipPoints.G1Bytes));
        var product = G1Point.FromAffine(EipPoints.G1(input)).MultiplyVarTime(scalar);
        Assert.Equal(EipPoints.G1(one.Bytes("expected")), product.ToAffine());
    }

    [Theory]
    [MemberData(nameof(G2Multiples))]
    public void G2Multiple_OfPublishedPoint_IsThePublishedOne(string name)
    {
        var one = EipPoints.Case("g2Multiply", name);
        var input = one.Bytes("input");
        var scalar = EipPoints.Scalar(input.AsSpan(EipPoints.G2Bytes));
        var product = G2Point.FromAffine(EipPoints.G2(input)).MultiplyVarTime(scalar);
        Assert.Equal(EipPoints.G2(one.Bytes("expected")), product.ToAffine());
    }

    [Theory]
    [MemberData(nameof(Pairings))]
    public void PairingProduct_OfPublishedPoints_IsOneWherePublished(string name)
    {
        var one = EipPoints.Case("pairing", name);
        var input = one.Bytes("input");
        var p = new List<G1Affine>();
        var q = new List<G2Prepared>();
        for (var at = 0; at < input.Length; at += EipPoints.PairBytes)
        {
            p.Add(EipPoints.G1(input.AsSpan(at)));
            q.Add(new G2Prepared(EipPoints.G2(input.AsSpan(at + EipPoints.G1Bytes))));
        }

        Assert.Equal(one.Bytes("expected")[^1] == 1, Pairing.Product([.. p], [.. q]).IsOne);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Points_ThatMustBeRefused_HaveThePublishedFault(string name)
    {
        var one = EipPoints.Case("refused", name);
        var kind = one.GetProperty("kind").GetString()!;

        // Sums take any point of the curve.
        var checks = kind is "g1" or "g2" ? PointChecks.Curve : PointChecks.Group;
        var faults = Faults(kind, one.Bytes("input"), checks).Where(fault => fault != PointFault.None).ToList();
        Assert.Equal(one.GetProperty("fault").GetString(), Assert.Single(faults.Distinct()).ToString());
    }

    private static List<PointFault> Faults(string kind, byte[] input, PointChecks checks)
    {
        var faults = new List<PointFault>();
        for (var at = 0; at + EipPoints.G1Bytes <= input.Length;)
        {
            if (kind is "g1" or "g1Multiply" or "pairing")
            {
                faults.Add(EipPoints.ReadG1(input.AsSpan(at), out _, checks));
                at += EipPoints.G1Bytes;
            }

            if (kind is "g2" or "g2Multiply" or "pairing")
            {
                faults.Add(EipPoints.ReadG2(input.AsSpan(at), out _, checks));
                at += EipPoints.G2Bytes;
            }

            at += kind.EndsWith("Multiply", StringComparison.Ordinal) ? EipPoints.ScalarBytes : 0;
        }

        return faults;
    }
}
