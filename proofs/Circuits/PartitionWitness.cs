using Federation.Proofs.Commit1;

namespace Federation.Proofs.Circuits;

/// <summary>What the circuit of one PoRep partition is satisfied by.</summary>
/// <param name="ReplicaId">Replica id.</param>
/// <param name="CommD">Commitment to the data.</param>
/// <param name="CommR">Commitment to the replica.</param>
/// <param name="Proofs">
/// Vanilla proofs of the partition's challenges in order. The roots that the first one names are CommC and CommRLast.
/// </param>
public sealed record PartitionWitness(
    Bytes32 ReplicaId, Bytes32 CommD, Bytes32 CommR, IReadOnlyList<VanillaProof> Proofs);
