using System.Runtime.InteropServices;

namespace Federation.Proofs.Curve;

/// <summary>
/// A point of y² = x³ + 4 over <see cref="Fp"/> by its affine coordinates; (0, 0), which is not on the curve, stands
/// for infinity and is the default. Bytes are 48 (compressed) or 96. Immutable and safe to share between threads.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct G1Affine : IEquatable<G1Affine>
{
    /// <summary>Length of the compressed encoding in bytes.</summary>
    public const int CompressedBytes = Fp.SizeBytes;

    /// <summary>Length of the encoding with both coordinates in bytes.</summary>
    public const int UncompressedBytes = 2 * Fp.SizeBytes;

    /// <summary>The point of the given coordinates, which are not checked.</summary>
    public G1Affine(in Fp x, in Fp y)
    {
        X = x;
        Y = y;
    }

    /// <summary>The first coordinate.</summary>
    public readonly Fp X;

    /// <summary>The second coordinate.</summary>
    public readonly Fp Y;

    /// <summary>The neutral element.</summary>
    public static G1Affine Infinity => default;

    /// <summary>The generator that the curve's specification names.</summary>
    public static G1Affine Generator { get; } = FromCompressed(Convert.FromHexString(
        "97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"));

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => X.IsZero && Y.IsZero;

    /// <summary>True for infinity and for coordinates that fulfil the curve's equation.</summary>
    public bool IsOnCurve => IsInfinity || PointCodec<G1Group, Fp>.IsOnCurve(X, Y);

    /// <summary>True when a point of the curve is in the group of prime order.</summary>
    public bool IsInGroup => G1Group.Contains(JacobianPoint<Fp>.FromAffine(X, Y));

    /// <summary>Reads 48 bytes: none, and the point, or what is wrong with them, and infinity.</summary>
    /// <exception cref="ArgumentException">The span is not 48 bytes long.</exception>
    public static PointFault TryFromCompressed(
        ReadOnlySpan<byte> bytes, out G1Affine point, PointChecks checks = PointChecks.Group)
    {
        PointFault fault = PointCodec<G1Group, Fp>.ReadCompressed(bytes, checks, out Fp x, out Fp y);
        point = new G1Affine(x, y);
        return fault;
    }

    /// <summary>Reads 96 bytes: none, and the point, or what is wrong with them, and infinity.</summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    public static PointFault TryFromUncompressed(
        ReadOnlySpan<byte> bytes, out G1Affine point, PointChecks checks = PointChecks.Group)
    {
        PointFault fault = PointCodec<G1Group, Fp>.ReadUncompressed(bytes, checks, out Fp x, out Fp y);
        point = new G1Affine(x, y);
        return fault;
    }

    /// <summary>Reads 48 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 48 bytes long.</exception>
    /// <exception cref="InvalidPointException">They are not a point of the group.</exception>
    public static G1Affine FromCompressed(ReadOnlySpan<byte> bytes, PointChecks checks = PointChecks.Group) =>
        Require(TryFromCompressed(bytes, out G1Affine point, checks), point);

    /// <summary>Reads 96 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    /// <exception cref="InvalidPointException">They are not a point of the group.</exception>
    public static G1Affine FromUncompressed(ReadOnlySpan<byte> bytes, PointChecks checks = PointChecks.Group) =>
        Require(TryFromUncompressed(bytes, out G1Affine point, checks), point);

    /// <summary>Writes the 48 bytes of the compressed point.</summary>
    /// <exception cref="ArgumentException">The span is not 48 bytes long.</exception>
    public void WriteCompressed(Span<byte> bytes) => PointCodec<G1Group, Fp>.WriteCompressed(X, Y, bytes);

    /// <summary>Writes the 96 bytes of both coordinates.</summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    public void WriteUncompressed(Span<byte> bytes) => PointCodec<G1Group, Fp>.WriteUncompressed(X, Y, bytes);

    /// <summary>The compressed point in a new array.</summary>
    public byte[] ToCompressed()
    {
        var bytes = new byte[CompressedBytes];
        WriteCompressed(bytes);
        return bytes;
    }

    /// <summary>The encoding with both coordinates in a new array.</summary>
    public byte[] ToUncompressed()
    {
        var bytes = new byte[UncompressedBytes];
        WriteUncompressed(bytes);
        return bytes;
    }

    /// <summary>The opposite point.</summary>
    public static G1Affine operator -(in G1Affine point) => new(point.X, -point.Y);

    /// <inheritdoc/>
    public bool Equals(G1Affine other) => X.Equals(other.X) && Y.Equals(other.Y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is G1Affine other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X, Y);

    /// <summary>Equality of points.</summary>
    public static bool operator ==(in G1Affine left, in G1Affine right) => left.Equals(right);

    /// <summary>Inequality of points.</summary>
    public static bool operator !=(in G1Affine left, in G1Affine right) => !left.Equals(right);

    /// <summary>The compressed encoding in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToCompressed());

    private static G1Affine Require(PointFault fault, in G1Affine point) =>
        fault == PointFault.None ? point : throw new InvalidPointException(G1Group.Name, fault);
}
