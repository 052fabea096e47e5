using Federation.Proofs.Challenges;
using Federation.Proofs.Graph;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Commit1;

/// <summary>
/// Commit1: draws the challenges, opens the sector's files at them and writes the vanilla proofs. Each proof is
/// verified before it is written, so that a damaged file fails here and not on the chain.
/// </summary>
public static class Commit1Phase
{
    private const string Stage = "vanilla proofs";

    /// <summary>Writes the whole output to a stream and returns the challenges, one array per partition.</summary>
    /// <param name="request">What to prove.</param>
    /// <param name="output">Receives the JSON; not closed.</param>
    /// <param name="options">Threads; memory does not depend on the sector.</param>
    /// <param name="progress">Told the part that is done.</param>
    /// <param name="cancellationToken">Ends the phase within a second; the output is then incomplete.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or belongs to another sector.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static uint[][] Run(
        Commit1Request request,
        Stream output,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var config = request.Config;
        var graph = new SdrGraph(config, tabulate: false);
        using var prover = OpenProver(request, graph);
        ProverRoots.Require(prover, request.Inputs);

        var challenges = PoRepChallenges.All(config, request.Inputs);
        var numbers = SyntheticNumbers(config, request.Inputs);
        var verifier = new ChallengeVerifier(graph, request.Inputs);
        var writer = new Commit1Writer(output, config, request.Inputs, request.Form);
        uint[] all = [.. challenges.SelectMany(partition => partition)];
        var batch = new VanillaProof[Math.Min(all.Length, 4 * options.Threads)];
        for (var first = 0; first < all.Length; first += batch.Length)
        {
            var count = Math.Min(batch.Length, all.Length - first);
            var start = first;
            ParallelLoop.Run(
                count,
                options.Threads,
                i => batch[i] = ProveVerified(
                    request, prover, verifier, all[start + i], numbers is null ? 0 : numbers[start + i]),
                cancellationToken);
            for (var i = 0; i < count; i++)
            {
                writer.Write(batch[i]);
            }

            progress?.Report(new PhaseProgress(Stage, (double)(first + count) / all.Length));
        }

        writer.Complete();
        return challenges;
    }

    private static IVanillaProver OpenProver(Commit1Request request, SdrGraph graph)
    {
        var hasSynthetic = request.Config.Feature == PoRepFeature.Synthetic
            && File.Exists(Path.Combine(request.CacheDirectory, CacheFiles.SyntheticProofs));
        return hasSynthetic
            ? new SyntheticProver(graph, request.CacheDirectory)
            : new CacheProver(graph, request.CacheDirectory, request.SealedPath);
    }

    private static int[]? SyntheticNumbers(SealConfig config, SealPublicInputs inputs)
    {
        if (config.Feature != PoRepFeature.Synthetic)
        {
            return null;
        }

        var set = new SyntheticChallenges(config.Shape, inputs.ReplicaId(config), inputs.CommR);
        return [.. PoRepChallenges.SelectedSynthetic(config, set, inputs.Seed).SelectMany(partition => partition)];
    }

    private static VanillaProof ProveVerified(
        Commit1Request request, IVanillaProver prover, ChallengeVerifier verifier, uint challenge, int number)
    {
        var proof = prover.Prove(challenge, number);
        var result = verifier.Verify(challenge, proof);
        return result.IsValid
            ? proof
            : throw new InvalidDataException(
                $"files of {request.CacheDirectory} or {request.SealedPath} are damaged at node {challenge} "
                + $"({result.Detail}): seal the sector again from PreCommit1");
    }
}
