using Federation.Proofs.Pieces;

namespace Federation.Proofs.Unseal;

/// <summary>A piece at its place.</summary>
/// <param name="Start">First padded byte in the sector, a multiple of the piece's size.</param>
/// <param name="Piece">Size and commitment.</param>
internal readonly record struct PlacedPiece(long Start, PieceInfo Piece)
{
    /// <summary>The padded byte behind it.</summary>
    public long End => Start + Piece.PaddedSize;

    /// <summary>
    /// The sector without a gap: each piece at the next multiple of its size, and pieces of zeros where there are none.
    /// </summary>
    /// <exception cref="ArgumentException">The pieces do not fit into the sector.</exception>
    public static IReadOnlyList<PlacedPiece> Fill(IEnumerable<PieceInfo> pieces, long sectorSize)
    {
        var placed = new List<PlacedPiece>();
        long end = 0;
        foreach (PieceInfo piece in pieces)
        {
            end = AddZeros(placed, end, position => position % piece.PaddedSize == 0);
            placed.Add(new PlacedPiece(end, piece));
            end += piece.PaddedSize;
            if (end > sectorSize)
            {
                throw new ArgumentException($"pieces of {end} padded bytes do not fit into a sector of {sectorSize}");
            }
        }

        if (placed.Count == 0)
        {
            return [new PlacedPiece(0, new PieceInfo(sectorSize, ZeroPieces.Commitment(sectorSize)))];
        }

        AddZeros(placed, end, position => position == sectorSize);
        return placed;
    }

    // Each as large as its place allows: the position's lowest bit.
    private static long AddZeros(List<PlacedPiece> placed, long position, Predicate<long> isEnd)
    {
        while (!isEnd(position))
        {
            long size = position & -position;
            placed.Add(new PlacedPiece(position, new PieceInfo(size, ZeroPieces.Commitment(size))));
            position += size;
        }

        return position;
    }
}
