using Federation.Proofs.Commit2;

namespace Federation.Worker.Phases;

/// <summary>What C2 made.</summary>
/// <param name="Proof">The proofs of all partitions, 192 bytes each, one behind the other, as the chain takes
/// them.</param>
/// <param name="Details">How it was made; null where a program other than this one made it.</param>
public sealed record Commit2Outcome(ReadOnlyMemory<byte> Proof, Commit2Result? Details);
