namespace Federation.Proofs.Curve;

/// <summary>
/// The parameter x of the curve and the powers that its fast endomorphisms and the Frobenius maps of the extensions
/// need, made from p when first used.
/// </summary>
internal static class Endomorphisms
{
    /// <summary>The magnitude of the curve's parameter x, which is negative.</summary>
    public const ulong NegativeX = 0xd201000000010000;

    // (p - 1) / 6.
    private static ReadOnlySpan<ulong> SixthExponent =>
        [0x49aa7ffffffff1c7, 0x051caaaa72e35555, 0xe688231ad3c82906,
         0xe613e1eb7deb831f, 0x0c849bf3b5e1f223, 0x045582fc5eeaa66f];

    /// <summary>(1 + u)^((p - 1) / 6).</summary>
    public static Fp2 SixthPower { get; } = new Fp2(Fp.One, Fp.One).PowVarTime(SixthExponent);

    /// <summary>(1 + u)^((p - 1) / 3).</summary>
    public static Fp2 ThirdPower { get; } = SixthPower.Square();

    /// <summary>(1 + u)^((p - 1) / 2).</summary>
    public static Fp2 HalfPower { get; } = ThirdPower * SixthPower;

    /// <summary>A cube root of one in the base field, 2^((p - 1) / 3): times it, x of G1 is that of -x² times the
    /// point.</summary>
    public static Fp CubeRoot { get; } = Fp.FromUInt64(2).PowVarTime(SixthExponent).Square();

    private static readonly Fp2 InverseThirdPower = ThirdPower.Inverse();
    private static readonly Fp2 InverseHalfPower = HalfPower.Inverse();

    /// <summary>The point (β·x, y), which in G1 is -x² times the point.</summary>
    public static JacobianPoint<Fp> CubeRootMap(in JacobianPoint<Fp> point) =>
        new(point.X * CubeRoot, point.Y, point.Z);

    /// <summary>
    /// Frobenius between the twist's isomorphisms, (x^p·ξ^((1-p)/3), y^p·ξ^((1-p)/2)) with ξ = 1 + u, which in G2 is
    /// the curve's parameter times the point.
    /// </summary>
    public static JacobianPoint<Fp2> FrobeniusMap(in JacobianPoint<Fp2> point) =>
        new(point.X.Conjugate() * InverseThirdPower, point.Y.Conjugate() * InverseHalfPower, point.Z.Conjugate());
}
