using System.Runtime.InteropServices;

namespace Federation.Proofs.Curve;

/// <summary>
/// An element c0 + c1·v + c2·v² of the cubic extension of <see cref="Fp2"/>, v³ = 1 + u. Immutable and safe to share
/// between threads.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Fp6 : IEquatable<Fp6>
{
    /// <summary>The element with the given coefficients.</summary>
    public Fp6(in Fp2 c0, in Fp2 c1, in Fp2 c2)
    {
        C0 = c0;
        C1 = c1;
        C2 = c2;
    }

    /// <summary>The coefficient of 1.</summary>
    public readonly Fp2 C0;

    /// <summary>The coefficient of v.</summary>
    public readonly Fp2 C1;

    /// <summary>The coefficient of v².</summary>
    public readonly Fp2 C2;

    /// <summary>The additive identity.</summary>
    public static Fp6 Zero => default;

    /// <summary>The multiplicative identity.</summary>
    public static Fp6 One => new(Fp2.One, default, default);

    /// <summary>True for the additive identity.</summary>
    public bool IsZero => C0.IsZero && C1.IsZero && C2.IsZero;

    /// <summary>Sum.</summary>
    public static Fp6 operator +(in Fp6 left, in Fp6 right) =>
        new(left.C0 + right.C0, left.C1 + right.C1, left.C2 + right.C2);

    /// <summary>Difference.</summary>
    public static Fp6 operator -(in Fp6 left, in Fp6 right) =>
        new(left.C0 - right.C0, left.C1 - right.C1, left.C2 - right.C2);

    /// <summary>Additive inverse.</summary>
    public static Fp6 operator -(in Fp6 value) => new(-value.C0, -value.C1, -value.C2);

    /// <summary>Product, by six products of <see cref="Fp2"/> (Karatsuba).</summary>
    public static Fp6 operator *(in Fp6 left, in Fp6 right)
    {
        Fp2 p0 = left.C0 * right.C0;
        Fp2 p1 = left.C1 * right.C1;
        Fp2 p2 = left.C2 * right.C2;
        Fp2 p12 = ((left.C1 + left.C2) * (right.C1 + right.C2)) - p1 - p2;
        Fp2 p01 = ((left.C0 + left.C1) * (right.C0 + right.C1)) - p0 - p1;
        Fp2 p02 = ((left.C0 + left.C2) * (right.C0 + right.C2)) - p0 - p2;
        return new Fp6(p0 + p12.MultiplyByNonResidue(), p01 + p2.MultiplyByNonResidue(), p02 + p1);
    }

    /// <summary>Product with c0 + c1·v, by five products of <see cref="Fp2"/>.</summary>
    internal Fp6 MultiplyBy01(in Fp2 c0, in Fp2 c1)
    {
        Fp2 p0 = C0 * c0;
        Fp2 p1 = C1 * c1;
        Fp2 p12 = ((C1 + C2) * c1) - p1;
        Fp2 p01 = ((C0 + C1) * (c0 + c1)) - p0 - p1;
        Fp2 p02 = ((C0 + C2) * c0) - p0;
        return new Fp6(p0 + p12.MultiplyByNonResidue(), p01, p02 + p1);
    }

    /// <summary>Product with c1·v.</summary>
    internal Fp6 MultiplyBy1(in Fp2 c1) => new((C2 * c1).MultiplyByNonResidue(), C0 * c1, C1 * c1);

    /// <summary>Product with v, from which the next extension is made.</summary>
    public Fp6 MultiplyByV() => new(C2.MultiplyByNonResidue(), C0, C1);

    /// <summary>Square.</summary>
    public Fp6 Square() => this * this;

    /// <summary>Multiplicative inverse, by one inversion in the base field.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public Fp6 Inverse()
    {
        Fp2 a = C0.Square() - (C1 * C2).MultiplyByNonResidue();
        Fp2 b = C2.Square().MultiplyByNonResidue() - (C0 * C1);
        Fp2 c = C1.Square() - (C0 * C2);
        Fp2 norm = (C0 * a) + ((C2 * b) + (C1 * c)).MultiplyByNonResidue();
        Fp2 inverse = norm.Inverse();
        return new Fp6(a * inverse, b * inverse, c * inverse);
    }

    /// <inheritdoc/>
    public bool Equals(Fp6 other) => C0.Equals(other.C0) && C1.Equals(other.C1) && C2.Equals(other.C2);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fp6 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(C0, C1, C2);

    /// <summary>Equality of elements.</summary>
    public static bool operator ==(in Fp6 left, in Fp6 right) => left.Equals(right);

    /// <summary>Inequality of elements.</summary>
    public static bool operator !=(in Fp6 left, in Fp6 right) => !left.Equals(right);
}
