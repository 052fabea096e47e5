namespace Federation.Proofs.PreCommit2;

/// <summary>What PreCommit2 finds.</summary>
/// <param name="CommC">Root of tree-c.</param>
/// <param name="CommRLast">Root of tree-r-last.</param>
/// <param name="CommR">Poseidon of the two: the replica's commitment, which goes to the chain.</param>
public sealed record PreCommit2Result(Bytes32 CommC, Bytes32 CommRLast, Bytes32 CommR);
