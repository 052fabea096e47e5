namespace Federation.Chain;

/// <summary>
/// Judges a sector's proof in full from public inputs alone. The proof itself is found by its digest on this machine:
/// it is far too big for a message. Thread-safe; may take seconds.
/// </summary>
public interface IProofVerifier
{
    /// <summary>Returns null when the proof proves the statement, otherwise why it does not, in one sentence.</summary>
    ValueTask<string?> RefusalAsync(ProofStatement statement, CancellationToken cancellationToken);
}
