namespace Federation.Proofs.Commit2;

/// <summary>How long the parts of Commit2 took, all partitions together.</summary>
/// <param name="Check">Reading the Commit1 output and verifying its vanilla proofs.</param>
/// <param name="Witness">Evaluating the circuit.</param>
/// <param name="Prove">Making the proofs.</param>
/// <param name="Verify">Verifying them as a chain does.</param>
public sealed record Commit2Times(TimeSpan Check, TimeSpan Witness, TimeSpan Prove, TimeSpan Verify);
