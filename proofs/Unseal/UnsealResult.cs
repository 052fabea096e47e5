using Federation.Proofs.Pieces;

namespace Federation.Proofs.Unseal;

/// <summary>What was unsealed.</summary>
/// <param name="CommD">Commitment to the sector's data.</param>
/// <param name="ReplicaId">The replica's id.</param>
/// <param name="Verified">
/// The pieces whose data were decoded and have their commitment, gaps of zeros among them; the whole sector as one
/// where its pieces are unknown.
/// </param>
/// <param name="Bytes">Unpadded bytes of the range.</param>
public sealed record UnsealResult(Bytes32 CommD, Bytes32 ReplicaId, IReadOnlyList<PieceInfo> Verified, long Bytes);
