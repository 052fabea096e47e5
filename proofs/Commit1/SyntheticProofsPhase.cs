using Federation.Proofs.Challenges;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Commit1;

/// <summary>
/// Writes the proofs of all synthetic challenges, after which layers, tree-d and tree-c may go. The file appears under
/// its name only when it is complete and on disk.
/// </summary>
public static class SyntheticProofsPhase
{
    private const string Stage = "synthetic proofs";
    private const int ChallengesPerBatch = 256;

    /// <summary>Writes the file into the cache folder.</summary>
    /// <exception cref="FileNotFoundException">A layer, tree or the replica is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or belongs to another sector.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(
        SealConfig config,
        SealPublicInputs inputs,
        string cacheDirectory,
        string sealedPath,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        var graph = new SdrGraph(config, tabulate: true);
        using var prover = new CacheProver(graph, cacheDirectory, sealedPath);
        ProverRoots.Require(prover, inputs);
        var path = Path.Combine(cacheDirectory, CacheFiles.SyntheticProofs);
        using (var file = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            file.Write([.. prover.CommD.AsSpan(), .. prover.CommC.AsSpan(), .. prover.CommRLast.AsSpan()]);
            var challenges = new SyntheticChallenges(config.Shape, inputs.ReplicaId(config), inputs.CommR);
            WriteRecords(
                file,
                prover,
                challenges,
                SyntheticRecord.Size(config.Shape),
                options.Threads,
                progress,
                cancellationToken);
            FileRegions.Flush(file.SafeFileHandle, cancellationToken);
        }

        File.Move(path + ".tmp", path, overwrite: true);
    }

    private static void WriteRecords(
        FileStream file,
        CacheProver prover,
        SyntheticChallenges challenges,
        int recordSize,
        int threads,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        var batch = new byte[Math.Min(ChallengesPerBatch, challenges.Count) * recordSize];
        for (var first = 0; first < challenges.Count; first += ChallengesPerBatch)
        {
            var count = Math.Min(ChallengesPerBatch, challenges.Count - first);
            var start = first;
            ParallelLoop.Run(
                count,
                threads,
                i => SyntheticRecord.Write(
                    prover.Prove(challenges[start + i], start + i), batch.AsSpan(i * recordSize, recordSize)),
                cancellationToken);
            file.Write(batch, 0, count * recordSize);
            progress?.Report(new PhaseProgress(Stage, (double)(first + count) / challenges.Count));
        }
    }
}
