using Federation.Proofs.Challenges;
using Federation.Proofs.Commit1;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Verification;

/// <summary>
/// Verifies a Commit1 output from public inputs alone: replica id, challenges, parents, labels, column hashes, paths
/// and encoding are all computed anew. Memory is one challenge's proof, whatever the file's size. Thread-safe.
/// </summary>
public static class VanillaProofVerifier
{
    /// <summary>Verifies a whole Commit1 output, in either form, read from a stream to its end.</summary>
    /// <exception cref="IOException">The stream fails; a malformed content is a result, not an exception.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static VerificationResult Verify(
        SealConfig config, SealPublicInputs inputs, Stream commit1Output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(commit1Output);
        try
        {
            return Read(config, inputs, new Commit1Reader(commit1Output, config), cancellationToken);
        }
        catch (Commit1FormatException malformed)
        {
            return new VerificationResult(VanillaFailure.Malformed, malformed.Message);
        }
    }

    /// <summary>Verifies one proof of one challenged node.</summary>
    /// <param name="config">Configuration.</param>
    /// <param name="inputs">Public inputs.</param>
    /// <param name="challenge">The node that was challenged, 1 to nodes - 1.</param>
    /// <param name="proof">Its proof.</param>
    public static VerificationResult Verify(
        SealConfig config, SealPublicInputs inputs, uint challenge, VanillaProof proof)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(proof);
        return new ChallengeVerifier(new SdrGraph(config, tabulate: false), inputs).Verify(challenge, proof);
    }

    private static VerificationResult Read(
        SealConfig config, SealPublicInputs inputs, Commit1Reader reader, CancellationToken cancellationToken)
    {
        var verifier = new ChallengeVerifier(new SdrGraph(config, tabulate: false), inputs);
        var partitions = PoRepChallenges.All(config, inputs);
        for (var partition = 0; partition < partitions.Length; partition++)
        {
            foreach (var challenge in partitions[partition])
            {
                cancellationToken.ThrowIfCancellationRequested();
                var result = verifier.Verify(challenge, reader.ReadProof());
                if (!result.IsValid)
                {
                    return result with { Detail = $"partition {partition}, challenge {challenge}: {result.Detail}" };
                }
            }
        }

        return CheckTrailer(inputs, inputs.ReplicaId(config), reader.ReadTrailer());
    }

    /// <summary>What the file says of its sector must be what is asked about.</summary>
    internal static VerificationResult CheckTrailer(SealPublicInputs inputs, Bytes32 replicaId, Commit1Trailer trailer)
    {
        (string Name, Bytes32 Found, Bytes32 Expected)[] statements =
        [
            ("CommR", trailer.CommR, inputs.CommR),
            ("CommD", trailer.CommD, inputs.CommD),
            ("replica id", trailer.ReplicaId, replicaId),
            ("seed", trailer.Seed, inputs.Seed),
            ("ticket", trailer.Ticket, inputs.Ticket),
        ];
        foreach (var (name, found, expected) in statements)
        {
            if (found != expected)
            {
                return new VerificationResult(
                    VanillaFailure.Statement, $"the file says {name} {found}, but {expected} is asked about");
            }
        }

        return VerificationResult.Accepted;
    }
}
