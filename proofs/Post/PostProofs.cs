using System.Diagnostics.CodeAnalysis;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Post;

/// <summary>Proofs of spacetime as the chain takes them: one of 192 bytes for each partition, concatenated.</summary>
public static class PostProofs
{
    /// <summary>The circuit whose parameters these proofs are made with.</summary>
    public static CircuitId CircuitOf(PostConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new CircuitId(
            config.Kind == PostKind.Winning ? CircuitKind.WinningPost : CircuitKind.WindowPost, config.Shape);
    }

    /// <summary>Verifies the proofs of all partitions from public inputs alone. False, and why, unless all hold.</summary>
    /// <param name="statement">What they are about.</param>
    /// <param name="proofs">The proofs, one behind the other.</param>
    /// <param name="verifier">Verifier with the key of the statement's circuit.</param>
    /// <param name="reason">Why they are refused.</param>
    /// <exception cref="ArgumentException">The key is of a circuit with another number of inputs.</exception>
    public static bool TryVerify(
        PostStatement statement,
        ReadOnlySpan<byte> proofs,
        Groth16Verifier verifier,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(verifier);
        if (!Groth16Proof.TryReadAll(proofs, statement.Partitions, out var read, out reason))
        {
            return false;
        }

        var inputs = Enumerable.Range(0, read.Length).Select(statement.PublicInputs).ToArray();
        reason = verifier.VerifyAll(read, inputs) ? null
            : read.Length == 1 ? "the proof does not hold for these sectors and this randomness"
            : "not all proofs hold for these sectors and this randomness";
        return reason is null;
    }
}
