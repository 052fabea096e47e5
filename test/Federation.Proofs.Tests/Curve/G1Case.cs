using System.Numerics;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Curve;

/// <summary>G1 for the contract of both groups.</summary>
public readonly struct G1Case : IGroupCase<G1Affine, G1Point>
{
    public static string Name => "G1";

    public static int CompressedBytes => G1Affine.CompressedBytes;

    public static IReadOnlyList<int> SmallPrimesOfCofactor => [3, 11, 10177, 859267, 52437899];

    public static BigInteger Cofactor => BigInteger.Pow(-new BigInteger(Endomorphisms.NegativeX) - 1, 2) / 3;

    public static G1Affine AffineGenerator => G1Affine.Generator;

    public static G1Affine AffineInfinity => G1Affine.Infinity;

    public static G1Point Generator => G1Point.Generator;

    public static G1Point Infinity => G1Point.Infinity;

    public static G1Point FromAffine(G1Affine point) => G1Point.FromAffine(point);

    public static G1Affine ToAffine(G1Point point) => point.ToAffine();

    public static void ToAffine(G1Point[] points, G1Affine[] affine) => G1Point.ToAffine(points, affine);

    public static G1Point Add(G1Point left, G1Point right) => left + right;

    public static G1Point AddMixed(G1Point left, G1Affine right) => left + right;

    public static G1Point Subtract(G1Point left, G1Point right) => left - right;

    public static G1Point Negate(G1Point point) => -point;

    public static G1Affine Negate(G1Affine point) => -point;

    public static bool Same(G1Point left, G1Point right) => left == right;

    public static bool Differ(G1Point left, G1Point right) => left != right;

    public static G1Point Twice(G1Point point) => point.Twice();

    public static G1Point Multiply(G1Point point, Fr scalar) => point.MultiplyVarTime(scalar);

    public static G1Point Multiply(G1Point point, ulong[] scalar) => point.MultiplyVarTime(scalar);

    public static G1Point MultiplyByMagnitudeOfX(G1Point point) =>
        G1Point.FromJacobian(point.Jacobian.MultiplyByMagnitudeOfX());

    public static bool IsInfinity(G1Point point) => point.IsInfinity;

    public static bool IsInfinity(G1Affine point) => point.IsInfinity;

    public static bool IsOnCurve(G1Affine point) => point.IsOnCurve;

    public static bool IsInGroup(G1Affine point) => point.IsInGroup;

    public static G1Affine OfCurve(Random random) => CurvePoints.RandomG1OutsideGroup(random);

    public static byte[] ToCompressed(G1Affine point) => point.ToCompressed();

    public static byte[] ToUncompressed(G1Affine point) => point.ToUncompressed();

    public static void WriteCompressed(G1Affine point, byte[] bytes) => point.WriteCompressed(bytes);

    public static void WriteUncompressed(G1Affine point, byte[] bytes) => point.WriteUncompressed(bytes);

    public static PointFault TryFromCompressed(byte[] bytes, out G1Affine point, PointChecks checks) =>
        G1Affine.TryFromCompressed(bytes, out point, checks);

    public static PointFault TryFromUncompressed(byte[] bytes, out G1Affine point, PointChecks checks) =>
        G1Affine.TryFromUncompressed(bytes, out point, checks);

    public static G1Affine FromCompressed(byte[] bytes, PointChecks checks) =>
        G1Affine.FromCompressed(bytes, checks);

    public static G1Affine FromUncompressed(byte[] bytes, PointChecks checks) =>
        G1Affine.FromUncompressed(bytes, checks);
}
