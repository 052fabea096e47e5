using Federation.Proofs.Pieces;

namespace Federation.Proofs.Unseal;

/// <summary>A range of a sector's unpadded bytes. Immutable.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Size">Number of bytes, at least 1.</param>
internal readonly record struct UnsealRange(long Offset, long Size)
{
    /// <summary>The padded byte at which the group of the first byte begins.</summary>
    public long PaddedStart => Offset / Fr32.UnpaddedGroupBytes * Fr32.PaddedGroupBytes;

    /// <summary>The padded byte behind the group of the last byte.</summary>
    public long PaddedEnd => (((Offset + Size - 1) / Fr32.UnpaddedGroupBytes) + 1) * Fr32.PaddedGroupBytes;

    /// <summary>The range that a request asks for.</summary>
    /// <exception cref="ArgumentException">The sector does not have these bytes.</exception>
    public static UnsealRange Of(UnsealRequest request)
    {
        long all = Fr32.UnpaddedSize(request.Config.Shape.SectorSize);
        long size = request.Size ?? all - request.Offset;
        if (request.Offset < 0 || size < 1 || request.Offset > all - size)
        {
            throw new ArgumentException(
                $"{size} bytes from {request.Offset} on are no part of the {all} unpadded bytes of a sector");
        }

        return new UnsealRange(request.Offset, size);
    }

    /// <summary>True when the range has bytes of the piece.</summary>
    public bool Touches(PlacedPiece piece) => piece.Start < PaddedEnd && piece.End > PaddedStart;

    /// <summary>What of unpadded bytes that begin at a position belongs to the range.</summary>
    public ReadOnlySpan<byte> Cut(long position, ReadOnlySpan<byte> data)
    {
        long from = Math.Clamp(Offset - position, 0, data.Length);
        long to = Math.Clamp(Offset + Size - position, from, data.Length);
        return data[(int)from..(int)to];
    }
}
