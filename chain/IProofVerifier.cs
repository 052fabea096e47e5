namespace Federation.Chain;

/// <summary>
/// Judges a sector's proof in full from public inputs alone. The proof itself is found by its digest on this machine:
/// a vanilla one is far too big for a message. Thread-safe; may take seconds.
/// </summary>
public interface IProofVerifier
{
    /// <summary>Returns null when the proof proves the statement, otherwise why it does not, in one sentence.</summary>
    /// <exception cref="IOException">It cannot be judged for want of a file, which the message names.</exception>
    ValueTask<string?> RefusalAsync(ProofStatement statement, CancellationToken cancellationToken);
}
