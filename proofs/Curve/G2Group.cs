namespace Federation.Proofs.Curve;

/// <summary>
/// G2: y² = x³ + 4(1 + u) over the quadratic extension. A point of the curve is in the group just when the Frobenius
/// map multiplies it by x (Scott: A note on group membership tests for G1, G2 and GT on BLS pairing-friendly curves,
/// 2021).
/// </summary>
internal readonly struct G2Group : ICurveGroup<Fp2>
{
    /// <inheritdoc/>
    public static string Name => "G2";

    /// <inheritdoc/>
    public static Fp2 B { get; } = new(Fp.FromUInt64(4), Fp.FromUInt64(4));

    /// <inheritdoc/>
    public static bool Contains(in JacobianPoint<Fp2> point)
    {
        JacobianPoint<Fp2> product = point.MultiplyByMagnitudeOfX();
        return Endomorphisms.FrobeniusMap(point).SamePoint(product.Negate());
    }
}
