using Federation.Proofs.Pieces;

namespace Federation.Worker.Phases;

/// <summary>AP: one piece into a sector's unsealed file.</summary>
public sealed record AddPieceTask
{
    /// <summary>The sector.</summary>
    public required PhaseSector Sector { get; init; }

    /// <summary>Pieces that the unsealed file holds already, in order.</summary>
    public IReadOnlyList<PieceInfo> ExistingPieces { get; init; } = [];

    /// <summary>
    /// File with the piece's data, 127 bytes times a power of two; null for zeros that fill the empty sector.
    /// </summary>
    public string? PieceDataPath { get; init; }

    /// <summary>The unsealed file that is written.</summary>
    public required string UnsealedPath { get; init; }
}
