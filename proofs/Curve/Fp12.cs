using System.Runtime.InteropServices;

namespace Federation.Proofs.Curve;

/// <summary>
/// An element c0 + c1·w of the quadratic extension of <see cref="Fp6"/>, w² = v: the field that the pairing's values
/// are in. Immutable and safe to share between threads.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Fp12 : IEquatable<Fp12>
{
    /// <summary>The element with the given coefficients.</summary>
    public Fp12(in Fp6 c0, in Fp6 c1)
    {
        C0 = c0;
        C1 = c1;
    }

    /// <summary>The coefficient of 1.</summary>
    public readonly Fp6 C0;

    /// <summary>The coefficient of w.</summary>
    public readonly Fp6 C1;

    /// <summary>The multiplicative identity.</summary>
    public static Fp12 One => new(Fp6.One, default);

    /// <summary>True for the multiplicative identity.</summary>
    public bool IsOne => Equals(One);

    /// <summary>Product, by three products of <see cref="Fp6"/> (Karatsuba).</summary>
    public static Fp12 operator *(in Fp12 left, in Fp12 right) =>
        Fp12Paths.HasLanes ? Fp12Paths.Multiply(left, right) : MultiplyScalar(left, right);

    internal static Fp12 MultiplyScalar(in Fp12 left, in Fp12 right)
    {
        Fp6 p0 = left.C0 * right.C0;
        Fp6 p1 = left.C1 * right.C1;
        Fp6 cross = (left.C0 + left.C1) * (right.C0 + right.C1);
        return new Fp12(p0 + p1.MultiplyByV(), cross - p0 - p1);
    }

    /// <summary>Square, by two products of <see cref="Fp6"/> (complex method).</summary>
    public Fp12 Square() => Fp12Paths.HasLanes ? Fp12Paths.Multiply(this, this) : SquareScalar();

    internal Fp12 SquareScalar()
    {
        Fp6 product = C0 * C1;
        Fp6 squares = (C0 + C1) * (C0 + C1.MultiplyByV());
        return new Fp12(squares - product - product.MultiplyByV(), product + product);
    }

    /// <summary>The conjugate c0 - c1·w, which is the p⁶-th power, and after the easy part of the final exponentiation
    /// the inverse.</summary>
    public Fp12 Conjugate() => new(C0, -C1);

    /// <summary>Multiplicative inverse, by one inversion in the base field.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public Fp12 Inverse()
    {
        Fp6 inverse = (C0.Square() - C1.Square().MultiplyByV()).Inverse();
        return new Fp12(C0 * inverse, -(C1 * inverse));
    }

    /// <summary>
    /// Power by an exponent of any length, 64-bit limbs, least significant first. Time depends on the exponent.
    /// </summary>
    public Fp12 PowVarTime(ReadOnlySpan<ulong> exponent)
    {
        Fp12 result = One;
        for (int bit = (64 * exponent.Length) - 1; bit >= 0; bit--)
        {
            result = result.Square();
            if (((exponent[bit / 64] >> (bit % 64)) & 1) != 0)
            {
                result *= this;
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public bool Equals(Fp12 other) => C0.Equals(other.C0) && C1.Equals(other.C1);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fp12 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(C0, C1);

    /// <summary>Equality of elements.</summary>
    public static bool operator ==(in Fp12 left, in Fp12 right) => left.Equals(right);

    /// <summary>Inequality of elements.</summary>
    public static bool operator !=(in Fp12 left, in Fp12 right) => !left.Equals(right);
}
