using System.Diagnostics.CodeAnalysis;
using Federation.Proofs.Circuits;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Commit2;

/// <summary>
/// Proofs of replication as the chain takes them: one of 192 bytes for each partition, concatenated. A Non-interactive
/// sector's reach the chain only aggregated, and are refused.
/// </summary>
public static class SealProofs
{
    /// <summary>The circuit whose parameters these proofs are made with.</summary>
    public static CircuitId CircuitOf(SealConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new CircuitId(CircuitKind.PoRep, config.Shape);
    }

    /// <summary>
    /// Verifies the proofs of all partitions from public inputs alone. False, and why, unless all hold.
    /// </summary>
    /// <param name="config">The sector's configuration.</param>
    /// <param name="inputs">What the chain knows of the sector.</param>
    /// <param name="proofs">The proofs, one behind the other.</param>
    /// <param name="verifier">Verifier with the key of the configuration's circuit.</param>
    /// <param name="reason">Why they are refused.</param>
    /// <exception cref="ArgumentException">The key is of a circuit with another number of inputs.</exception>
    public static bool TryVerify(
        SealConfig config,
        SealPublicInputs inputs,
        ReadOnlySpan<byte> proofs,
        Groth16Verifier verifier,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(verifier);
        reason = RefusalOf(config) ?? LengthFault(config, proofs.Length) ?? CommitmentFault(inputs);
        if (reason is not null
            || !Groth16Proof.TryReadAll(proofs, config.Partitions, out var read, out reason))
        {
            return false;
        }

        reason = verifier.VerifyAll(read, PoRepPublicInputs.Of(config, inputs)) ? null
            : read.Length == 1 ? "the proof does not hold for this sector, its commitments, ticket and seed"
            : "not all proofs hold for this sector, its commitments, ticket and seed";
        return reason is null;
    }

    /// <summary>Why sectors of a configuration have no proof of this kind; null where they have.</summary>
    internal static string? RefusalOf(SealConfig config) => config.Feature == PoRepFeature.NonInteractive
        ? "proofs of a Non-interactive sector are aggregated before a chain takes them, which is not done here"
        : null;

    private static string? LengthFault(SealConfig config, int length)
    {
        var expected = config.Partitions * Groth16Proof.SizeBytes;
        return length == expected ? null
            : $"the proof of a {config.Shape} sector has {expected} bytes, {Groth16Proof.SizeBytes} for each of "
                + $"{config.Partitions} partition(s), not {length}";
    }

    private static string? CommitmentFault(SealPublicInputs inputs) =>
        !Fr.IsCanonical(inputs.CommD.AsSpan()) ? $"CommD {inputs.CommD} is not a field element"
        : !Fr.IsCanonical(inputs.CommR.AsSpan()) ? $"CommR {inputs.CommR} is not a field element"
        : null;
}
