using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>What C1 made.</summary>
/// <param name="CommD">Commitment to the data.</param>
/// <param name="CommR">Commitment to the replica.</param>
/// <param name="ReplicaId">Replica id.</param>
/// <param name="Challenges">Challenged nodes, one array per partition.</param>
/// <param name="OutputBytes">Size of the output.</param>
/// <param name="OutputSha256">Its digest, 64 lower-case hexadecimal digits.</param>
public sealed record Commit1Outcome(
    Bytes32 CommD,
    Bytes32 CommR,
    Bytes32 ReplicaId,
    IReadOnlyList<uint[]> Challenges,
    long OutputBytes,
    string OutputSha256);
