using System.Runtime.InteropServices;

namespace Federation.Proofs.Curve;

/// <summary>
/// A point of y² = x³ + 4(1 + u) over <see cref="Fp2"/> by its affine coordinates; (0, 0), which is not on the curve,
/// stands for infinity and is the default. Bytes are 96 (compressed) or 192. Immutable and safe to share between
/// threads.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct G2Affine : IEquatable<G2Affine>
{
    /// <summary>Length of the compressed encoding in bytes.</summary>
    public const int CompressedBytes = Fp2.SizeBytes;

    /// <summary>Length of the encoding with both coordinates in bytes.</summary>
    public const int UncompressedBytes = 2 * Fp2.SizeBytes;

    /// <summary>The point of the given coordinates, which are not checked.</summary>
    public G2Affine(in Fp2 x, in Fp2 y)
    {
        X = x;
        Y = y;
    }

    /// <summary>The first coordinate.</summary>
    public readonly Fp2 X;

    /// <summary>The second coordinate.</summary>
    public readonly Fp2 Y;

    /// <summary>The neutral element.</summary>
    public static G2Affine Infinity => default;

    /// <summary>The generator that the curve's specification names.</summary>
    public static G2Affine Generator { get; } = FromCompressed(Convert.FromHexString(
        "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
        + "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"));

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => X.IsZero && Y.IsZero;

    /// <summary>True for infinity and for coordinates that fulfil the curve's equation.</summary>
    public bool IsOnCurve => IsInfinity || PointCodec<G2Group, Fp2>.IsOnCurve(X, Y);

    /// <summary>True when a point of the curve is in the group of prime order.</summary>
    public bool IsInGroup => G2Group.Contains(JacobianPoint<Fp2>.FromAffine(X, Y));

    /// <summary>Reads 96 bytes: none, and the point, or what is wrong with them, and infinity.</summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    public static PointFault TryFromCompressed(
        ReadOnlySpan<byte> bytes, out G2Affine point, PointChecks checks = PointChecks.Group)
    {
        PointFault fault = PointCodec<G2Group, Fp2>.ReadCompressed(bytes, checks, out Fp2 x, out Fp2 y);
        point = new G2Affine(x, y);
        return fault;
    }

    /// <summary>Reads 192 bytes: none, and the point, or what is wrong with them, and infinity.</summary>
    /// <exception cref="ArgumentException">The span is not 192 bytes long.</exception>
    public static PointFault TryFromUncompressed(
        ReadOnlySpan<byte> bytes, out G2Affine point, PointChecks checks = PointChecks.Group)
    {
        PointFault fault = PointCodec<G2Group, Fp2>.ReadUncompressed(bytes, checks, out Fp2 x, out Fp2 y);
        point = new G2Affine(x, y);
        return fault;
    }

    /// <summary>Reads 96 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    /// <exception cref="InvalidPointException">They are not a point of the group.</exception>
    public static G2Affine FromCompressed(ReadOnlySpan<byte> bytes, PointChecks checks = PointChecks.Group) =>
        Require(TryFromCompressed(bytes, out G2Affine point, checks), point);

    /// <summary>Reads 192 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 192 bytes long.</exception>
    /// <exception cref="InvalidPointException">They are not a point of the group.</exception>
    public static G2Affine FromUncompressed(ReadOnlySpan<byte> bytes, PointChecks checks = PointChecks.Group) =>
        Require(TryFromUncompressed(bytes, out G2Affine point, checks), point);

    /// <summary>Writes the 96 bytes of the compressed point.</summary>
    /// <exception cref="ArgumentException">The span is not 96 bytes long.</exception>
    public void WriteCompressed(Span<byte> bytes) => PointCodec<G2Group, Fp2>.WriteCompressed(X, Y, bytes);

    /// <summary>Writes the 192 bytes of both coordinates.</summary>
    /// <exception cref="ArgumentException">The span is not 192 bytes long.</exception>
    public void WriteUncompressed(Span<byte> bytes) => PointCodec<G2Group, Fp2>.WriteUncompressed(X, Y, bytes);

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
    public static G2Affine operator -(in G2Affine point) => new(point.X, -point.Y);

    /// <inheritdoc/>
    public bool Equals(G2Affine other) => X.Equals(other.X) && Y.Equals(other.Y);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is G2Affine other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(X, Y);

    /// <summary>Equality of points.</summary>
    public static bool operator ==(in G2Affine left, in G2Affine right) => left.Equals(right);

    /// <summary>Inequality of points.</summary>
    public static bool operator !=(in G2Affine left, in G2Affine right) => !left.Equals(right);

    /// <summary>The compressed encoding in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToCompressed());

    private static G2Affine Require(PointFault fault, in G2Affine point) =>
        fault == PointFault.None ? point : throw new InvalidPointException(G2Group.Name, fault);
}
