using System.Collections.Concurrent;

namespace Federation.Proofs.Post;

/// <summary>
/// Opens the challenged leaves of sectors from tree-r-last and the replica. Sectors that cannot be proved are named and
/// left out. Memory: the proofs, 25 KiB for each sector of a production Window PoSt.
/// </summary>
public static class PostVanillaPhase
{
    private const string Stage = "vanilla proofs";

    /// <summary>Proves all sectors that can be proved.</summary>
    /// <param name="config">Configuration.</param>
    /// <param name="randomness">Randomness, below 2^254.</param>
    /// <param name="replicas">The sectors, in any order; for Winning the challenged one.</param>
    /// <param name="options">Threads.</param>
    /// <param name="progress">Told the part that is done.</param>
    /// <param name="cancellationToken">Ends the phase.</param>
    /// <exception cref="ArgumentException">Randomness and sectors make no statement.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PostVanillaResult Run(
        PostConfig config,
        Bytes32 randomness,
        IReadOnlyList<PostReplica> replicas,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replicas);
        ArgumentNullException.ThrowIfNull(options);
        var files = replicas.ToLookup(replica => replica.Sector.Number);
        var statement = new PostStatement(config, randomness, replicas.Select(replica => replica.Sector));
        var faulty = new List<FaultySector>();
        var proved = new Dictionary<ulong, Opened>();

        // A sector that is left out may move the others' challenges, and so there may be another round; each has fewer
        // sectors than the one before. Progress, which never falls, is that of the first round.
        while (true)
        {
            var found = Prove(statement, files, proved, options, progress, cancellationToken);
            progress = null;
            faulty.AddRange(found);
            var good = statement.Sectors.Where(sector => found.All(bad => bad.Number != sector.Number)).ToArray();
            if (good.Length == statement.Sectors.Count || good.Length == 0)
            {
                var proofs = good.Select(sector => proved[sector.Number].Proof);
                faulty.Sort((one, other) => one.Number.CompareTo(other.Number));
                return new PostVanillaResult(good.Length == 0 ? null : statement, [.. proofs], faulty);
            }

            statement = new PostStatement(config, randomness, good);
        }
    }

    // Proves what is not proved at these challenges yet; returns what cannot be.
    private static FaultySector[] Prove(
        PostStatement statement,
        ILookup<ulong, PostReplica> files,
        Dictionary<ulong, Opened> proved,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        var challenges = Enumerable.Range(0, statement.Sectors.Count).Select(statement.ChallengesOf).ToArray();
        int[] open = [.. Enumerable.Range(0, challenges.Length).Where(position =>
            !proved.TryGetValue(statement.Sectors[position].Number, out var known)
            || !known.Challenges.AsSpan().SequenceEqual(challenges[position]))];
        var opened = new Opened?[open.Length];
        var faulty = new ConcurrentBag<FaultySector>();
        var done = 0;

        // Where sectors are few, as in Winning, the threads share the leaves of one.
        var prover = new SectorProver(
            statement.Config.Shape, Math.Max(1, options.Threads / Math.Max(1, open.Length)), cancellationToken);
        ParallelLoop.Run(
            open.Length,
            options.Threads,
            i =>
            {
                var replica = files[statement.Sectors[open[i]].Number].First();
                var own = challenges[open[i]];
                if (prover.TryProve(replica, own, out var proof, out var reason))
                {
                    opened[i] = new Opened(own, proof);
                }
                else
                {
                    faulty.Add(new FaultySector(replica.Sector.Number, reason));
                }

                progress?.Report(new PhaseProgress(Stage, (double)Interlocked.Increment(ref done) / open.Length));
            },
            cancellationToken);
        foreach (var one in opened.OfType<Opened>())
        {
            proved[one.Proof.Sector.Number] = one;
        }

        return [.. faulty];
    }

    private sealed record Opened(uint[] Challenges, PostVanillaProof Proof);
}
