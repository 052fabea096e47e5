using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>What PC1 found.</summary>
/// <param name="CommD">Commitment to the data.</param>
/// <param name="ReplicaId">Replica id.</param>
/// <param name="Output">Hand-over to PC2, JSON in Rust's form.</param>
public sealed record PreCommit1Outcome(Bytes32 CommD, Bytes32 ReplicaId, ReadOnlyMemory<byte> Output);
