using System.Runtime.CompilerServices;

namespace Federation.Proofs.Curve;

public readonly partial struct Fp2
{
    /// <summary>Sum.</summary>
    public static Fp2 operator +(in Fp2 left, in Fp2 right) => new(left.C0 + right.C0, left.C1 + right.C1);

    /// <summary>Difference.</summary>
    public static Fp2 operator -(in Fp2 left, in Fp2 right) => new(left.C0 - right.C0, left.C1 - right.C1);

    /// <summary>Additive inverse.</summary>
    public static Fp2 operator -(in Fp2 value) => new(-value.C0, -value.C1);

    /// <summary>Product, by three products of the base field (Karatsuba).</summary>
    public static Fp2 operator *(in Fp2 left, in Fp2 right)
    {
        if (FpLimbLanes.IsSupported)
        {
            FpLimbLanes.Multiply(left, right, out Fp2 product);
            return product;
        }

        return MultiplyScalar(left, right);
    }

    internal static Fp2 MultiplyScalar(in Fp2 left, in Fp2 right)
    {
        Fp low = left.C0 * right.C0;
        Fp high = left.C1 * right.C1;
        Fp cross = (left.C0 + left.C1) * (right.C0 + right.C1);
        return new Fp2(low - high, cross - low - high);
    }

    /// <summary>Product with an element of the base field.</summary>
    public static Fp2 operator *(in Fp2 left, in Fp right)
    {
        if (FpLimbLanes.IsSupported)
        {
            FpLimbLanes.Multiply(left, right, out Fp2 product);
            return product;
        }

        return MultiplyScalar(left, right);
    }

    internal static Fp2 MultiplyScalar(in Fp2 left, in Fp right) => new(left.C0 * right, left.C1 * right);

    /// <summary>Twice the element.</summary>
    public Fp2 Twice() => new(C0.Twice(), C1.Twice());

    /// <summary>Square: (c0 + c1)(c0 - c1) + 2·c0·c1·u.</summary>
    public Fp2 Square()
    {
        if (FpLimbLanes.IsSupported)
        {
            FpLimbLanes.Square(this, out Fp2 square);
            return square;
        }

        return SquareScalar();
    }

    internal Fp2 SquareScalar() => new((C0 + C1) * (C0 - C1), (C0 * C1).Twice());

    /// <summary>The conjugate c0 - c1·u, which is the p-th power.</summary>
    public Fp2 Conjugate() => new(C0, -C1);

    /// <summary>Product with 1 + u, from which the higher extensions are made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Fp2 MultiplyByNonResidue() => new(C0 - C1, C0 + C1);

    /// <summary>Multiplicative inverse: the conjugate over the norm.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public Fp2 Inverse()
    {
        Fp inverse = Norm().Inverse();
        return new Fp2(C0 * inverse, -(C1 * inverse));
    }

    /// <summary>
    /// Power by an exponent of any length, 64-bit limbs, least significant first; zero to the power of zero is one.
    /// Time depends on the exponent.
    /// </summary>
    public Fp2 PowVarTime(ReadOnlySpan<ulong> exponent)
    {
        Fp2 result = One;
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

    /// <summary>
    /// One of the two square roots; false, and zero, where the element is not a square. By the complex method: with n
    /// the root of the norm, the root's parts are those of (c0 + n) / 2 and c1 over twice it, in this order where
    /// (c0 + n) / 2 is a square; otherwise its negative is, and the order the other.
    /// </summary>
    public bool TrySquareRoot(out Fp2 root)
    {
        if (C1.IsZero)
        {
            root = RootOfBase(C0);
            return true;
        }

        if (!Norm().TrySquareRoot(out Fp norm))
        {
            root = default;
            return false;
        }

        Fp square = (C0 + norm) * Half;
        Fp part = square.SquareRootOfEither();
        Fp other = C1 * part.Twice().Inverse();
        root = part.Square() == square ? new Fp2(part, other) : new Fp2(other, part);
        return true;
    }

    private static readonly Fp Half = Fp.FromUInt64(2).Inverse();

    // -1 is no square of the base field, so that either the element or its negative has a root there.
    private static Fp2 RootOfBase(in Fp value)
    {
        if (value.TrySquareRoot(out Fp real))
        {
            return new Fp2(real, Fp.Zero);
        }

        (-value).TrySquareRoot(out Fp imaginary);
        return new Fp2(Fp.Zero, imaginary);
    }

    private Fp Norm() => C0.Square() + C1.Square();
}
