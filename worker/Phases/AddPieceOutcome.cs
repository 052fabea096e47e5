using Federation.Proofs;
using Federation.Proofs.Pieces;

namespace Federation.Worker.Phases;

/// <summary>What AP found.</summary>
/// <param name="Piece">The piece that was added.</param>
/// <param name="Pieces">All pieces of the sector, the new one last.</param>
/// <param name="CommD">Commitment to the data if no further piece comes.</param>
public sealed record AddPieceOutcome(PieceInfo Piece, IReadOnlyList<PieceInfo> Pieces, Bytes32 CommD);
