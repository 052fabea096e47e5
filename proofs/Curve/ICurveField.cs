namespace Federation.Proofs.Curve;

/// <summary>
/// A field over which a curve's points have their coordinates: <see cref="Fp"/> or <see cref="Fp2"/>. The formulas of
/// both groups are written once over it. Implementations are immutable structs, so generic code is compiled for each.
/// </summary>
/// <typeparam name="TSelf">The field element itself.</typeparam>
internal interface ICurveField<TSelf> : IEquatable<TSelf>
    where TSelf : unmanaged, ICurveField<TSelf>
{
    /// <summary>Length of the canonical encoding, which is big-endian with the highest coefficient first.</summary>
    static abstract int EncodedBytes { get; }

    /// <summary>The multiplicative identity.</summary>
    static abstract TSelf One { get; }

    /// <summary>True for the additive identity.</summary>
    bool IsZero { get; }

    /// <summary>True when the element is greater than its negative, in the order of the encodings.</summary>
    bool IsGreaterThanNegative { get; }

    /// <summary>Sum.</summary>
    static abstract TSelf operator +(in TSelf left, in TSelf right);

    /// <summary>Difference.</summary>
    static abstract TSelf operator -(in TSelf left, in TSelf right);

    /// <summary>Additive inverse.</summary>
    static abstract TSelf operator -(in TSelf value);

    /// <summary>Product.</summary>
    static abstract TSelf operator *(in TSelf left, in TSelf right);

    /// <summary>Twice the element.</summary>
    TSelf Twice();

    /// <summary>Square.</summary>
    TSelf Square();

    /// <summary>Multiplicative inverse; zero is refused.</summary>
    TSelf Inverse();

    /// <summary>One of the two square roots; false where there is none.</summary>
    bool TrySquareRoot(out TSelf root);

    /// <summary>Reads an encoding of <see cref="EncodedBytes"/> bytes; false where it is not canonical.</summary>
    static abstract bool TryFromBytes(ReadOnlySpan<byte> bigEndian, out TSelf value);

    /// <summary>Writes the encoding of <see cref="EncodedBytes"/> bytes.</summary>
    void WriteBytes(Span<byte> bigEndian);
}
