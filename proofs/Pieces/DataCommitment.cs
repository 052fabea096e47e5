namespace Federation.Proofs.Pieces;

/// <summary>CommD of a sector from its pieces.</summary>
public static class DataCommitment
{
    /// <summary>
    /// The root over the pieces in sector order, each at the next multiple of its size; gaps and the rest of the sector
    /// count as zeros. No piece at all gives the commitment of an empty sector.
    /// </summary>
    /// <param name="pieces">Pieces in sector order.</param>
    /// <param name="sectorSize">Padded size of the sector, a power of two.</param>
    /// <exception cref="ArgumentException">The pieces do not fit into the sector.</exception>
    public static Bytes32 FromPieces(IEnumerable<PieceInfo> pieces, long sectorSize)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var stack = new PieceStack();
        foreach (PieceInfo piece in pieces)
        {
            if (piece.PaddedSize > sectorSize)
            {
                throw TooLarge(piece.PaddedSize, sectorSize);
            }

            stack.Push(piece.PaddedSize, piece.CommP);
            if (stack.Size > sectorSize)
            {
                throw TooLarge(stack.Size, sectorSize);
            }
        }

        return stack.Root(sectorSize);
    }

    private static ArgumentException TooLarge(long size, long sectorSize) =>
        new($"pieces of {size} padded bytes, alignment included, do not fit into a sector of {sectorSize}");
}
