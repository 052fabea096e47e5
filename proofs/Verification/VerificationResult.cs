namespace Federation.Proofs.Verification;

/// <summary>The answer of a verification.</summary>
/// <param name="Failure">Why the proof is refused, or <see cref="VanillaFailure.None"/>.</param>
/// <param name="Detail">What was found where, for people; empty when the proof is accepted.</param>
public readonly record struct VerificationResult(VanillaFailure Failure, string Detail)
{
    /// <summary>The proof is accepted.</summary>
    public static VerificationResult Accepted { get; } = new(VanillaFailure.None, string.Empty);

    /// <summary>True when the proof is accepted.</summary>
    public bool IsValid => Failure == VanillaFailure.None;
}
