namespace Federation.Proofs.PreCommit1;

/// <summary>What became of one sector of a PC1 in lanes: one of the two is set.</summary>
/// <param name="Result">What PC1 found.</param>
/// <param name="Failure">Why the sector fell out, as <see cref="PreCommit1Phase.Run"/> would have thrown it.</param>
public sealed record PreCommit1LaneResult(PreCommit1Result? Result, Exception? Failure);
