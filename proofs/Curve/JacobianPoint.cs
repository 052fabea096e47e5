namespace Federation.Proofs.Curve;

/// <summary>
/// A point (X / Z², Y / Z³) of a curve y² = x³ + b; Z is zero at infinity. Formulas of the explicit-formulas database
/// for a = 0 (add-2007-bl, madd-2007-bl, dbl-2009-l), complete by the checks for equal, opposite and infinite operands.
/// Both groups are thin names of it.
/// </summary>
internal readonly partial struct JacobianPoint<TField>
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>The point of the given coordinates.</summary>
    public JacobianPoint(in TField x, in TField y, in TField z)
    {
        X = x;
        Y = y;
        Z = z;
    }

    /// <summary>The numerator of x.</summary>
    public readonly TField X;

    /// <summary>The numerator of y.</summary>
    public readonly TField Y;

    /// <summary>The denominator, whose square and cube are under x and y.</summary>
    public readonly TField Z;

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => Z.IsZero;

    /// <summary>The point of affine coordinates, where (0, 0), which no curve here has, stands for infinity.</summary>
    public static JacobianPoint<TField> FromAffine(in TField x, in TField y) =>
        x.IsZero && y.IsZero ? default : new JacobianPoint<TField>(x, y, TField.One);

    /// <summary>The opposite point.</summary>
    public JacobianPoint<TField> Negate() => new(X, -Y, Z);

    /// <summary>Twice the point, in 2 products and 5 squares.</summary>
    public JacobianPoint<TField> Twice()
    {
        TField a = X.Square();
        TField b = Y.Square();
        TField c = b.Square();
        TField d = ((X + b).Square() - a - c).Twice();
        TField e = a.Twice() + a;
        TField x = e.Square() - d.Twice();
        TField y = (e * (d - x)) - c.Twice().Twice().Twice();
        return new JacobianPoint<TField>(x, y, (Y * Z).Twice());
    }

    /// <summary>Sum, in 11 products and 5 squares.</summary>
    public JacobianPoint<TField> Add(in JacobianPoint<TField> other)
    {
        if (IsInfinity)
        {
            return other;
        }

        if (other.IsInfinity)
        {
            return this;
        }

        TField z1z1 = Z.Square();
        TField z2z2 = other.Z.Square();
        TField u1 = X * z2z2;
        TField s1 = Y * other.Z * z2z2;
        TField h = (other.X * z1z1) - u1;
        TField r = ((other.Y * Z * z1z1) - s1).Twice();
        if (h.IsZero)
        {
            return r.IsZero ? Twice() : default;
        }

        TField i = h.Twice().Square();
        TField j = h * i;
        TField v = u1 * i;
        TField x = r.Square() - j - v.Twice();
        TField y = (r * (v - x)) - (s1 * j).Twice();
        return new JacobianPoint<TField>(x, y, ((Z + other.Z).Square() - z1z1 - z2z2) * h);
    }

    /// <summary>Sum with a point of affine coordinates other than (0, 0), in 7 products and 4 squares.</summary>
    public JacobianPoint<TField> AddMixed(in TField otherX, in TField otherY)
    {
        if (IsInfinity)
        {
            return new JacobianPoint<TField>(otherX, otherY, TField.One);
        }

        TField zz = Z.Square();
        TField h = (otherX * zz) - X;
        TField r = ((otherY * Z * zz) - Y).Twice();
        if (h.IsZero)
        {
            return r.IsZero ? Twice() : default;
        }

        TField hh = h.Square();
        TField i = hh.Twice().Twice();
        TField j = h * i;
        TField v = X * i;
        TField x = r.Square() - j - v.Twice();
        TField y = (r * (v - x)) - (Y * j).Twice();
        return new JacobianPoint<TField>(x, y, (Z + h).Square() - zz - hh);
    }

    /// <summary>Equality as points, whatever the denominators.</summary>
    public bool SamePoint(in JacobianPoint<TField> other)
    {
        if (IsInfinity || other.IsInfinity)
        {
            return IsInfinity == other.IsInfinity;
        }

        TField zz = Z.Square();
        TField otherZz = other.Z.Square();
        return (X * otherZz).Equals(other.X * zz) && (Y * otherZz * other.Z).Equals(other.Y * zz * Z);
    }

    /// <summary>The affine coordinates; (0, 0) for infinity.</summary>
    public (TField X, TField Y) ToAffine()
    {
        if (IsInfinity)
        {
            return default;
        }

        return ToAffine(Z.Inverse());
    }

    /// <summary>The affine coordinates from the inverse of the denominator.</summary>
    public (TField X, TField Y) ToAffine(in TField inverseZ)
    {
        TField square = inverseZ.Square();
        return (X * square, Y * square * inverseZ);
    }
}
