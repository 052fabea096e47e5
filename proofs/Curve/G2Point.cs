using Federation.Proofs.Fields;

namespace Federation.Proofs.Curve;

/// <summary>
/// A point of y² = x³ + 4(1 + u) over <see cref="Fp2"/> in Jacobian coordinates, in which sums need no inversion; the
/// default is infinity. Points are equal whatever their denominators are. Immutable and safe to share between threads.
/// </summary>
public readonly struct G2Point : IEquatable<G2Point>
{
    private readonly JacobianPoint<Fp2> _point;

    private G2Point(in JacobianPoint<Fp2> point) => _point = point;

    /// <summary>The neutral element.</summary>
    public static G2Point Infinity => default;

    /// <summary>The generator that the curve's specification names.</summary>
    public static G2Point Generator => FromAffine(G2Affine.Generator);

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => _point.IsInfinity;

    internal JacobianPoint<Fp2> Jacobian => _point;

    /// <summary>The point of affine coordinates.</summary>
    public static G2Point FromAffine(in G2Affine point) => new(JacobianPoint<Fp2>.FromAffine(point.X, point.Y));

    internal static G2Point FromJacobian(in JacobianPoint<Fp2> point) => new(point);

    /// <summary>Sum.</summary>
    public static G2Point operator +(in G2Point left, in G2Point right) => new(left._point.Add(right._point));

    /// <summary>Sum with a point of affine coordinates, which takes fewer products.</summary>
    public static G2Point operator +(in G2Point left, in G2Affine right) =>
        right.IsInfinity ? left : new(left._point.AddMixed(right.X, right.Y));

    /// <summary>Difference.</summary>
    public static G2Point operator -(in G2Point left, in G2Point right) =>
        new(left._point.Add(right._point.Negate()));

    /// <summary>The opposite point.</summary>
    public static G2Point operator -(in G2Point point) => new(point._point.Negate());

    /// <summary>Twice the point.</summary>
    public G2Point Twice() => new(_point.Twice());

    /// <summary>The multiple by a scalar. Time depends on the scalar.</summary>
    public G2Point MultiplyVarTime(in Fr scalar) => new(_point.MultiplyVarTime(scalar));

    /// <summary>
    /// The multiple by an integer of 64-bit limbs, least significant first, which need not be below the order. Time
    /// depends on the integer.
    /// </summary>
    public G2Point MultiplyVarTime(ReadOnlySpan<ulong> scalar) => new(_point.MultiplyVarTime(scalar));

    /// <summary>The affine coordinates, by one inversion.</summary>
    public G2Affine ToAffine()
    {
        (Fp2 x, Fp2 y) = _point.ToAffine();
        return new G2Affine(x, y);
    }

    /// <summary>The affine coordinates of many points, by one inversion for all.</summary>
    /// <exception cref="ArgumentException">The spans are not of one length.</exception>
    public static void ToAffine(ReadOnlySpan<G2Point> points, Span<G2Affine> affine)
    {
        if (points.Length != affine.Length)
        {
            throw new ArgumentException($"{points.Length} points do not fit into {affine.Length}.");
        }

        var inverses = new Fp2[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            inverses[i] = points[i]._point.Z;
        }

        BatchInversion.Invert<Fp2>(inverses);
        for (int i = 0; i < points.Length; i++)
        {
            (Fp2 x, Fp2 y) = points[i]._point.ToAffine(inverses[i]);
            affine[i] = new G2Affine(x, y);
        }
    }

    /// <inheritdoc/>
    public bool Equals(G2Point other) => _point.SamePoint(other._point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is G2Point other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToAffine().GetHashCode();

    /// <summary>Equality of points.</summary>
    public static bool operator ==(in G2Point left, in G2Point right) => left.Equals(right);

    /// <summary>Inequality of points.</summary>
    public static bool operator !=(in G2Point left, in G2Point right) => !left.Equals(right);

    /// <summary>The compressed encoding in hexadecimal.</summary>
    public override string ToString() => ToAffine().ToString();
}
