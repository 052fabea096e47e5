namespace Federation.Proofs.Curve;

/// <summary>
/// G1: y² = x³ + 4 over the base field. A point of the curve is in the group just when the cube root map multiplies it
/// by -x² (Scott: A note on group membership tests for G1, G2 and GT on BLS pairing-friendly curves, 2021).
/// </summary>
internal readonly struct G1Group : ICurveGroup<Fp>
{
    /// <inheritdoc/>
    public static string Name => "G1";

    /// <inheritdoc/>
    public static Fp B { get; } = Fp.FromUInt64(4);

    /// <inheritdoc/>
    public static bool Contains(in JacobianPoint<Fp> point)
    {
        JacobianPoint<Fp> product = point.MultiplyByMagnitudeOfX().MultiplyByMagnitudeOfX();
        return Endomorphisms.CubeRootMap(point).SamePoint(product.Negate());
    }
}
