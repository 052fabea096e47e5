namespace Federation.Proofs.Pieces;

/// <summary>Zero bytes, unpadded, that bring a piece to its place.</summary>
/// <param name="Left">Bytes before the piece, so that it begins at a multiple of its size.</param>
/// <param name="Right">Bytes after it, so that it has a piece's size.</param>
public readonly record struct PieceAlignment(long Left, long Right)
{
    /// <summary>The alignment of a piece behind what is written already; all sizes unpadded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static PieceAlignment Of(long writtenBytes, long pieceBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(writtenBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(pieceBytes);
        long size = PieceInfo.FittingUnpaddedSize(Math.Max(1, pieceBytes));
        long encroaching = writtenBytes % size;
        return new PieceAlignment(encroaching == 0 ? 0 : size - encroaching, size - pieceBytes);
    }

    /// <summary>First unpadded byte of a piece that follows others, each aligned in turn; all sizes unpadded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static long StartOf(IEnumerable<long> precedingPieces, long pieceBytes)
    {
        ArgumentNullException.ThrowIfNull(precedingPieces);
        long written = 0;
        foreach (long piece in precedingPieces)
        {
            (long left, long right) = Of(written, piece);
            written += left + piece + right;
        }

        return written + Of(written, pieceBytes).Left;
    }
}
