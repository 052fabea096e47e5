using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Msm;

namespace Federation.Proofs.Tests.Msm;

/// <summary>Sums in G1.</summary>
public sealed class G1MsmTests : MsmContractTests<G1Affine>
{
    private protected override G1Affine Generator => G1Affine.Generator;

    private protected override G1Affine Multiply(G1Affine point, Fr scalar) =>
        G1Point.FromAffine(point).MultiplyVarTime(scalar).ToAffine();

    private protected override G1Affine Add(IEnumerable<G1Affine> points) =>
        points.Aggregate(G1Point.Infinity, (sum, point) => sum + point).ToAffine();

    private protected override byte[] Encode(G1Affine point) => point.ToUncompressed();

    private protected override G1Affine Sum(
        FieldPath path, G1Affine[] points, Fr[] scalars, int threads, int partPoints) =>
        G1Msm.Sum(path, points, scalars, threads, partPoints, CancellationToken.None).ToAffine();

    private protected override G1Affine SumEncoded(
        FieldPath path, byte[] bases, Fr[] scalars, ulong[] density, int threads) =>
        G1Msm.SumEncoded(path, bases, scalars, density, threads, CancellationToken.None).ToAffine();

    private protected override G1Affine SumPublic(
        G1Affine[] points, Fr[] scalars, int threads, CancellationToken cancellationToken) =>
        G1Msm.Sum(points, scalars, threads, cancellationToken).ToAffine();

    private protected override G1Affine[] Multiples(
        FieldPath path, G1Affine point, Fr[] scalars, long announced)
    {
        using var table = new G1FixedBase(path, point, announced);
        var products = new G1Affine[scalars.Length];
        table.Multiply(scalars, products, 2, CancellationToken.None);
        return products;
    }
}
