using Federation.Proofs.Pieces;

namespace Federation.Proofs.AddPiece;

/// <summary>A piece to write into a sector's unsealed file.</summary>
public sealed record AddPieceRequest
{
    /// <summary>Shape of the sector.</summary>
    public required SectorShape Shape { get; init; }

    /// <summary>The unsealed file. It is created, full of zeros, when no piece precedes.</summary>
    public required string UnsealedPath { get; init; }

    /// <summary>Pieces that the file holds already, in order.</summary>
    public IReadOnlyList<PieceInfo> ExistingPieces { get; init; } = [];

    /// <summary>Size of the piece before padding: 127 times a power of two.</summary>
    public required long UnpaddedSize { get; init; }

    /// <summary>The piece, exactly as long as its size; null for a piece of zeros.</summary>
    public Stream? Data { get; init; }
}
