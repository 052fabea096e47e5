namespace Federation.Proofs.Commit1;

/// <summary>What a Commit1 output says of its sector, after its proofs.</summary>
/// <param name="CommR">Commitment to the replica.</param>
/// <param name="CommD">Commitment to the data.</param>
/// <param name="ReplicaId">Replica id.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Ticket">Ticket.</param>
public sealed record Commit1Trailer(Bytes32 CommR, Bytes32 CommD, Bytes32 ReplicaId, Bytes32 Seed, Bytes32 Ticket);
