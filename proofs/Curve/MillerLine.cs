namespace Federation.Proofs.Curve;

/// <summary>A line through points of the twist: at the point (x, y) of G1 it is c0 + c1·x·v + c4·y·v·w.</summary>
internal readonly struct MillerLine(in Fp2 c0, in Fp2 c1, in Fp2 c4)
{
    /// <summary>The part without a coordinate.</summary>
    public readonly Fp2 C0 = c0;

    /// <summary>The factor of x.</summary>
    public readonly Fp2 C1 = c1;

    /// <summary>The factor of y.</summary>
    public readonly Fp2 C4 = c4;

    /// <summary>The product of a value with the line's value at a point.</summary>
    public Fp12 MultiplyInto(in Fp12 value, in G1Affine point) =>
        value.MultiplyBy014(C0, C1 * point.X, C4 * point.Y);
}
