namespace Federation.Proofs;

/// <summary>Which of several implementations does one kind of work on this machine.</summary>
/// <param name="Work">The work, for example <c>SHA-256 lanes</c>.</param>
/// <param name="Path">What does it, for example <c>16 by AVX-512</c>.</param>
public sealed record InstructionPath(string Work, string Path);
