using Federation.Proofs;
using Federation.Proofs.Verification;

namespace Federation.Worker.Phases;

/// <summary>The answer of a verification.</summary>
/// <param name="Result">Accepted, or why not.</param>
/// <param name="ReplicaId">Replica id of the public inputs.</param>
/// <param name="Challenges">Challenged nodes, one array per partition.</param>
public sealed record VerifyOutcome(VerificationResult Result, Bytes32 ReplicaId, IReadOnlyList<uint[]> Challenges);
