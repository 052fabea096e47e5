using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>What PC2 found.</summary>
/// <param name="CommD">Commitment to the data.</param>
/// <param name="CommC">Root of tree-c.</param>
/// <param name="CommRLast">Root of tree-r-last.</param>
/// <param name="CommR">Commitment to the replica.</param>
/// <param name="Output">PC2's output, JSON in Rust's form.</param>
public sealed record PreCommit2Outcome(
    Bytes32 CommD, Bytes32 CommC, Bytes32 CommRLast, Bytes32 CommR, ReadOnlyMemory<byte> Output);
