using System.Runtime.InteropServices;
using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>A point of either group, laid out as <see cref="G1Affine"/> and <see cref="G2Affine"/> are.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct AffinePoint<TField>
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>The point of the given coordinates; (0, 0) is infinity.</summary>
    public AffinePoint(in TField x, in TField y)
    {
        X = x;
        Y = y;
    }

    /// <summary>The first coordinate.</summary>
    public readonly TField X;

    /// <summary>The second coordinate.</summary>
    public readonly TField Y;

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => X.IsZero && Y.IsZero;

    /// <summary>The opposite point.</summary>
    public AffinePoint<TField> Negate() => new(X, -Y);
}
