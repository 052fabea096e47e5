using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Msm;

namespace Federation.Proofs.Tests.Msm;

/// <summary>Sums in G2.</summary>
public sealed class G2MsmTests : MsmContractTests<G2Affine>
{
    private protected override G2Affine Generator => G2Affine.Generator;

    private protected override G2Affine Multiply(G2Affine point, Fr scalar) =>
        G2Point.FromAffine(point).MultiplyVarTime(scalar).ToAffine();

    private protected override G2Affine Add(IEnumerable<G2Affine> points) =>
        points.Aggregate(G2Point.Infinity, (sum, point) => sum + point).ToAffine();

    private protected override byte[] Encode(G2Affine point) => point.ToUncompressed();

    private protected override G2Affine Sum(
        FieldPath path, G2Affine[] points, Fr[] scalars, int threads, int partPoints) =>
        G2Msm.Sum(path, points, scalars, threads, partPoints, CancellationToken.None).ToAffine();

    private protected override G2Affine SumEncoded(
        FieldPath path, byte[] bases, Fr[] scalars, ulong[] density, int threads) =>
        G2Msm.SumEncoded(path, bases, scalars, density, threads, CancellationToken.None).ToAffine();

    private protected override G2Affine SumPublic(
        G2Affine[] points, Fr[] scalars, int threads, CancellationToken cancellationToken) =>
        G2Msm.Sum(points, scalars, threads, cancellationToken).ToAffine();

    private protected override G2Affine[] Multiples(
        FieldPath path, G2Affine point, Fr[] scalars, long announced)
    {
        using var table = new G2FixedBase(path, point, announced);
        var products = new G2Affine[scalars.Length];
        table.Multiply(scalars, products, 2, CancellationToken.None);
        return products;
    }
}
