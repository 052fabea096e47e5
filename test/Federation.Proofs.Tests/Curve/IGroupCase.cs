using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Curve;

/// <summary>
/// One of the two groups, as its contract sees it: the public members of its points, by one set of names.
/// </summary>
public interface IGroupCase<TAffine, TPoint>
{
    static abstract string Name { get; }

    static abstract int CompressedBytes { get; }

    /// <summary>The primes whose multiples leave the group of the curve's points before the order's do.</summary>
    static abstract IReadOnlyList<int> SmallPrimesOfCofactor { get; }

    static abstract System.Numerics.BigInteger Cofactor { get; }

    static abstract TAffine AffineGenerator { get; }

    static abstract TAffine AffineInfinity { get; }

    static abstract TPoint Generator { get; }

    static abstract TPoint Infinity { get; }

    static abstract TPoint FromAffine(TAffine point);

    static abstract TAffine ToAffine(TPoint point);

    static abstract void ToAffine(TPoint[] points, TAffine[] affine);

    static abstract TPoint Add(TPoint left, TPoint right);

    static abstract TPoint AddMixed(TPoint left, TAffine right);

    static abstract TPoint Subtract(TPoint left, TPoint right);

    static abstract TPoint Negate(TPoint point);

    static abstract TAffine Negate(TAffine point);

    static abstract bool Same(TPoint left, TPoint right);

    static abstract bool Differ(TPoint left, TPoint right);

    static abstract TPoint Twice(TPoint point);

    static abstract TPoint Multiply(TPoint point, Fr scalar);

    static abstract TPoint Multiply(TPoint point, ulong[] scalar);

    static abstract TPoint MultiplyByMagnitudeOfX(TPoint point);

    static abstract bool IsInfinity(TPoint point);

    static abstract bool IsInfinity(TAffine point);

    static abstract bool IsOnCurve(TAffine point);

    static abstract bool IsInGroup(TAffine point);

    /// <summary>A point of the curve that is hardly ever in the group.</summary>
    static abstract TAffine OfCurve(Random random);

    static abstract byte[] ToCompressed(TAffine point);

    static abstract byte[] ToUncompressed(TAffine point);

    static abstract void WriteCompressed(TAffine point, byte[] bytes);

    static abstract void WriteUncompressed(TAffine point, byte[] bytes);

    static abstract PointFault TryFromCompressed(byte[] bytes, out TAffine point, PointChecks checks);

    static abstract PointFault TryFromUncompressed(byte[] bytes, out TAffine point, PointChecks checks);

    static abstract TAffine FromCompressed(byte[] bytes, PointChecks checks);

    static abstract TAffine FromUncompressed(byte[] bytes, PointChecks checks);
}
