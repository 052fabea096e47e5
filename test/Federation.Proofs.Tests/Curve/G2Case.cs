using System.Numerics;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Curve;

/// <summary>G2 for the contract of both groups.</summary>
public readonly struct G2Case : IGroupCase<G2Affine, G2Point>
{
    public static string Name => "G2";

    public static int CompressedBytes => G2Affine.CompressedBytes;

    public static IReadOnlyList<int> SmallPrimesOfCofactor => [13, 23, 2713, 11953, 262069];

    public static BigInteger Cofactor => Polynomial(-new BigInteger(Endomorphisms.NegativeX));

    public static G2Affine AffineGenerator => G2Affine.Generator;

    public static G2Affine AffineInfinity => G2Affine.Infinity;

    public static G2Point Generator => G2Point.Generator;

    public static G2Point Infinity => G2Point.Infinity;

    public static G2Point FromAffine(G2Affine point) => G2Point.FromAffine(point);

    public static G2Affine ToAffine(G2Point point) => point.ToAffine();

    public static void ToAffine(G2Point[] points, G2Affine[] affine) => G2Point.ToAffine(points, affine);

    public static G2Point Add(G2Point left, G2Point right) => left + right;

    public static G2Point AddMixed(G2Point left, G2Affine right) => left + right;

    public static G2Point Subtract(G2Point left, G2Point right) => left - right;

    public static G2Point Negate(G2Point point) => -point;

    public static G2Affine Negate(G2Affine point) => -point;

    public static bool Same(G2Point left, G2Point right) => left == right;

    public static bool Differ(G2Point left, G2Point right) => left != right;

    public static G2Point Twice(G2Point point) => point.Twice();

    public static G2Point Multiply(G2Point point, Fr scalar) => point.MultiplyVarTime(scalar);

    public static G2Point Multiply(G2Point point, ulong[] scalar) => point.MultiplyVarTime(scalar);

    public static G2Point MultiplyByMagnitudeOfX(G2Point point) =>
        G2Point.FromJacobian(point.Jacobian.MultiplyByMagnitudeOfX());

    public static bool IsInfinity(G2Point point) => point.IsInfinity;

    public static bool IsInfinity(G2Affine point) => point.IsInfinity;

    public static bool IsOnCurve(G2Affine point) => point.IsOnCurve;

    public static bool IsInGroup(G2Affine point) => point.IsInGroup;

    public static G2Affine OfCurve(Random random) => CurvePoints.RandomG2OutsideGroup(random);

    public static byte[] ToCompressed(G2Affine point) => point.ToCompressed();

    public static byte[] ToUncompressed(G2Affine point) => point.ToUncompressed();

    public static void WriteCompressed(G2Affine point, byte[] bytes) => point.WriteCompressed(bytes);

    public static void WriteUncompressed(G2Affine point, byte[] bytes) => point.WriteUncompressed(bytes);

    public static PointFault TryFromCompressed(byte[] bytes, out G2Affine point, PointChecks checks) =>
        G2Affine.TryFromCompressed(bytes, out point, checks);

    public static PointFault TryFromUncompressed(byte[] bytes, out G2Affine point, PointChecks checks) =>
        G2Affine.TryFromUncompressed(bytes, out point, checks);

    public static G2Affine FromCompressed(byte[] bytes, PointChecks checks) =>
        G2Affine.FromCompressed(bytes, checks);

    public static G2Affine FromUncompressed(byte[] bytes, PointChecks checks) =>
        G2Affine.FromUncompressed(bytes, checks);

    // Of x, by its coefficients from the highest on: (x^8 - 4x^7 + 5x^6 - 4x^4 + 6x^3 - 4x^2 - 4x + 13) / 9.
    private static BigInteger Polynomial(BigInteger x) =>
        new[] { 1, -4, 5, 0, -4, 6, -4, -4, 13 }.Aggregate(BigInteger.Zero, (sum, factor) => (sum * x) + factor) / 9;
}
