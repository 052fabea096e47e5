using Federation.Proofs;

namespace Federation.Worker.Processor;

/// <summary>What C2 answers.</summary>
/// <param name="CommD">Commitment to the data that the proof is about.</param>
/// <param name="CommR">Commitment to the replica.</param>
/// <param name="Proof">The proofs of all partitions, concatenated, in hexadecimal digits.</param>
internal sealed record Commit2Answer(Bytes32 CommD, Bytes32 CommR, string Proof);
