namespace Federation.Proofs.Curve;

/// <summary>
/// The encodings of points that Zcash defined and Filecoin took over: big-endian coordinates, x alone (compressed) or x
/// and then y, with three flags in the highest bits of the first byte: compressed, infinity, and for a compressed point
/// whether y is the greater of both roots. Infinity is written (0, 0) in memory, and with no bits but flags in bytes.
/// </summary>
internal static class PointCodec<TGroup, TField>
    where TGroup : ICurveGroup<TField>
    where TField : unmanaged, ICurveField<TField>
{
    private const byte CompressedFlag = 0x80, InfinityFlag = 0x40, GreaterFlag = 0x20;
    private const byte Flags = CompressedFlag | InfinityFlag | GreaterFlag;

    // Room for the longest coordinate, that of G2.
    private const int MostBytes = Fp2.SizeBytes;

    /// <summary>Reads a compressed point; infinity beside any fault.</summary>
    public static PointFault ReadCompressed(
        ReadOnlySpan<byte> bytes, PointChecks checks, out TField x, out TField y)
    {
        x = y = default;
        RequireLength(bytes.Length, TField.EncodedBytes);
        int flags = bytes[0] & Flags;
        if ((flags & CompressedFlag) == 0)
        {
            return PointFault.Flags;
        }

        if ((flags & InfinityFlag) != 0)
        {
            return flags == (CompressedFlag | InfinityFlag) && IsFlagAlone(bytes) ? PointFault.None : PointFault.Flags;
        }

        if (!TryReadFirst(bytes, out TField readX))
        {
            return PointFault.NotCanonical;
        }

        if (!CurveSide(readX).TrySquareRoot(out TField readY))
        {
            return PointFault.NotOnCurve;
        }

        readY = readY.IsGreaterThanNegative == ((flags & GreaterFlag) != 0) ? readY : -readY;
        return Accept(readX, readY, checks == PointChecks.Group, out x, out y);
    }

    /// <summary>Reads a point of two coordinates; infinity beside any fault.</summary>
    public static PointFault ReadUncompressed(
        ReadOnlySpan<byte> bytes, PointChecks checks, out TField x, out TField y)
    {
        x = y = default;
        RequireLength(bytes.Length, 2 * TField.EncodedBytes);
        switch (bytes[0] & Flags)
        {
            case InfinityFlag:
                return IsFlagAlone(bytes) ? PointFault.None : PointFault.Flags;
            case 0:
                break;
            default:
                return PointFault.Flags;
        }

        if (!TField.TryFromBytes(bytes[..TField.EncodedBytes], out TField readX)
            || !TField.TryFromBytes(bytes[TField.EncodedBytes..], out TField readY))
        {
            return PointFault.NotCanonical;
        }

        // (0, 0) would be taken for infinity, whose bytes are others.
        bool skipCurve = checks == PointChecks.Form && !(readX.IsZero && readY.IsZero);
        if (!skipCurve && !IsOnCurve(readX, readY))
        {
            return PointFault.NotOnCurve;
        }

        return Accept(readX, readY, checks == PointChecks.Group, out x, out y);
    }

    /// <summary>Writes a compressed point.</summary>
    public static void WriteCompressed(in TField x, in TField y, Span<byte> bytes)
    {
        RequireLength(bytes.Length, TField.EncodedBytes);
        x.WriteBytes(bytes);
        bool infinite = x.IsZero && y.IsZero;
        bytes[0] |= infinite ? (byte)(CompressedFlag | InfinityFlag)
            : y.IsGreaterThanNegative ? (byte)(CompressedFlag | GreaterFlag) : CompressedFlag;
    }

    /// <summary>Writes a point with both coordinates.</summary>
    public static void WriteUncompressed(in TField x, in TField y, Span<byte> bytes)
    {
        RequireLength(bytes.Length, 2 * TField.EncodedBytes);
        x.WriteBytes(bytes[..TField.EncodedBytes]);
        y.WriteBytes(bytes[TField.EncodedBytes..]);
        bytes[0] |= x.IsZero && y.IsZero ? InfinityFlag : (byte)0;
    }

    /// <summary>True when y² = x³ + b.</summary>
    public static bool IsOnCurve(in TField x, in TField y) => y.Square().Equals(CurveSide(x));

    private static PointFault Accept(in TField readX, in TField readY, bool inGroup, out TField x, out TField y)
    {
        x = y = default;
        if (inGroup && !TGroup.Contains(JacobianPoint<TField>.FromAffine(readX, readY)))
        {
            return PointFault.NotInGroup;
        }

        x = readX;
        y = readY;
        return PointFault.None;
    }

    private static bool TryReadFirst(ReadOnlySpan<byte> bytes, out TField value)
    {
        Span<byte> first = stackalloc byte[MostBytes];
        first = first[..TField.EncodedBytes];
        bytes[..TField.EncodedBytes].CopyTo(first);
        first[0] &= unchecked((byte)~Flags);
        return TField.TryFromBytes(first, out value);
    }

    private static bool IsFlagAlone(ReadOnlySpan<byte> bytes) =>
        (bytes[0] & ~Flags) == 0 && !bytes[1..].ContainsAnyExcept((byte)0);

    private static TField CurveSide(in TField x) => (x.Square() * x) + TGroup.B;

    private static void RequireLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException(
                $"This form of a point of {TGroup.Name} is {expected} bytes long, not {length}.");
        }
    }
}
