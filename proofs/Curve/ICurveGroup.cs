namespace Federation.Proofs.Curve;

/// <summary>What sets one group of prime order apart from other points: its curve, and a test of membership.</summary>
internal interface ICurveGroup<TField>
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>The group's name in messages.</summary>
    static abstract string Name { get; }

    /// <summary>The constant b of y² = x³ + b.</summary>
    static abstract TField B { get; }

    /// <summary>True when a point of the curve is in the subgroup of prime order.</summary>
    static abstract bool Contains(in JacobianPoint<TField> point);
}
