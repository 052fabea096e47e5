namespace Federation.Proofs.PreCommit1;

/// <summary>What PC1 finds.</summary>
/// <param name="CommD">Commitment to the data.</param>
/// <param name="ReplicaId">Replica id.</param>
/// <param name="Output">The hand-over to PC2: JSON in Rust's form.</param>
public sealed record PreCommit1Result(Bytes32 CommD, Bytes32 ReplicaId, ReadOnlyMemory<byte> Output);
