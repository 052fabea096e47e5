using Federation.Proofs.Challenges;
using Federation.Proofs.Circuits;
using Federation.Proofs.Commit1;
using Federation.Proofs.Graph;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Commit2;

/// <summary>A Commit1 output that is known to be a sector's: read whole, compared and verified.</summary>
/// <param name="Inputs">What it is about.</param>
/// <param name="Partitions">The witness of each partition.</param>
internal sealed record Commit1Output(SealPublicInputs Inputs, IReadOnlyList<PartitionWitness> Partitions)
{
    /// <summary>Reads an output of either form, which must be the request's and hold.</summary>
    /// <exception cref="InvalidDataException">It is not; the message is one sentence.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Commit1Output Read(
        Commit2Request request, Stream stream, int threads, CancellationToken cancellationToken)
    {
        var config = request.Config;
        var (proofs, trailer) = ReadAll(config, stream, cancellationToken);
        var inputs = request.Inputs(trailer.CommD, trailer.CommR);
        Require(config, inputs, trailer);
        RequireProofs(config, inputs, proofs, threads, cancellationToken);
        var replicaId = inputs.ReplicaId(config);
        return new Commit1Output(
            inputs,
            [
                .. proofs.Chunk(config.Shape.ChallengesPerPartition)
                    .Select(partition => new PartitionWitness(replicaId, inputs.CommD, inputs.CommR, partition)),
            ]);
    }

    private static (VanillaProof[] Proofs, Commit1Trailer Trailer) ReadAll(
        SealConfig config, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new Commit1Reader(stream, config);
            var proofs = new VanillaProof[config.Partitions * config.Shape.ChallengesPerPartition];
            for (var i = 0; i < proofs.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                proofs[i] = reader.ReadProof();
            }

            return (proofs, reader.ReadTrailer());
        }
        catch (Commit1FormatException malformed)
        {
            throw new InvalidDataException(
                $"the C1 output is not one of this kind of sector, or damaged: {malformed.Message}", malformed);
        }
    }

    /// <summary>What the output states of itself tells another sector or epoch apart at once.</summary>
    private static void Require(SealConfig config, SealPublicInputs inputs, Commit1Trailer stated)
    {
        (string What, string Name, Bytes32 Stated, Bytes32 Expected)[] statements =
        [
            ("of another sector or ticket", "ticket", stated.Ticket, inputs.Ticket),
            ("of another sector or of other data", "CommD", stated.CommD, inputs.CommD),
            ("of another sector", "replica id", stated.ReplicaId, inputs.ReplicaId(config)),
            ("of another sector's replica", "CommR", stated.CommR, inputs.CommR),
            ("of another epoch's seed", "seed", stated.Seed, inputs.Seed),
        ];
        foreach (var (what, name, found, expected) in statements)
        {
            if (found != expected)
            {
                throw new InvalidDataException(
                    $"the C1 output is {what}: its {name} is {found}, not {expected}");
            }
        }
    }

    private static void RequireProofs(
        SealConfig config,
        SealPublicInputs inputs,
        VanillaProof[] proofs,
        int threads,
        CancellationToken cancellationToken)
    {
        var verifier = new ChallengeVerifier(new SdrGraph(config, tabulate: false), inputs);
        uint[] challenges = [.. PoRepChallenges.All(config, inputs).SelectMany(partition => partition)];
        ParallelLoop.Run(
            challenges.Length,
            threads,
            i =>
            {
                var result = verifier.Verify(challenges[i], proofs[i]);
                if (!result.IsValid)
                {
                    throw new InvalidDataException(
                        $"the C1 output does not hold at challenge {challenges[i]} ({result.Failure}): "
                        + result.Detail);
                }
            },
            cancellationToken);
    }
}
