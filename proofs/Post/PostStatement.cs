using Federation.Proofs.Fields;

namespace Federation.Proofs.Post;

/// <summary>
/// What a proof of spacetime is about: everything that a verifier knows. Sectors are in ascending order of their
/// numbers, cut into partitions. Immutable; safe for concurrent use.
/// </summary>
public sealed class PostStatement
{
    /// <summary>States a proof about sectors, given in any order.</summary>
    /// <exception cref="ArgumentException">
    /// The randomness is not below 2^254, there is no sector or one twice, Winning has more than one, or a CommR is not
    /// a field element.
    /// </exception>
    public PostStatement(PostConfig config, Bytes32 randomness, IEnumerable<PostSector> sectors)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(sectors);
        Config = config;
        Randomness = Usable(randomness);
        Sectors = [.. sectors.OrderBy(sector => sector.Number)];
        Require();
    }

    /// <summary>Configuration.</summary>
    public PostConfig Config { get; }

    /// <summary>Randomness, below 2^254.</summary>
    public Bytes32 Randomness { get; }

    /// <summary>The sectors, by ascending number.</summary>
    public IReadOnlyList<PostSector> Sectors { get; }

    /// <summary>Number of partitions, and so of proofs.</summary>
    public int Partitions => Config.Partitions(Sectors.Count);

    /// <summary>Returns the randomness when it can be one.</summary>
    /// <exception cref="ArgumentException">It is not below 2^254.</exception>
    public static Bytes32 Usable(Bytes32 randomness) => PostChallenges.IsUsable(randomness)
        ? randomness
        : throw new ArgumentException(
            $"randomness {randomness} is not a field element: the two top bits of its last byte must be clear");

    /// <summary>The challenged leaves of the sector at a place in <see cref="Sectors"/>.</summary>
    public uint[] ChallengesOf(int position) =>
        PostChallenges.Leaves(Config, Randomness, Sectors[position].Number, position);

    /// <summary>
    /// Places in <see cref="Sectors"/> of a partition's sectors; what the last partition lacks is filled with the last
    /// sector.
    /// </summary>
    public IReadOnlyList<int> PositionsOf(int partition)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(partition, Partitions);
        var first = partition * Config.SectorsPerPartition;
        return [.. Enumerable.Range(first, Config.SectorsPerPartition)
            .Select(position => Math.Min(position, Sectors.Count - 1))];
    }

    /// <summary>
    /// The public inputs of a partition's circuit, the constant one left out: for each of the circuit's sectors its
    /// CommR, then its challenges.
    /// </summary>
    public Fr[] PublicInputs(int partition)
    {
        var inputs = new List<Fr>();
        foreach (var position in PositionsOf(partition))
        {
            var commR = Fr.FromBytes(Sectors[position].CommR.AsSpan());
            foreach (var challenges in ChallengesOf(position).Chunk(Config.ChallengesPerCircuitSector))
            {
                inputs.Add(commR);
                inputs.AddRange(challenges.Select(challenge => Fr.FromUInt64(challenge)));
            }
        }

        return [.. inputs];
    }

    private void Require()
    {
        if (Sectors.Count == 0)
        {
            throw new ArgumentException("a proof of spacetime needs a sector");
        }

        if (Config.Kind == PostKind.Winning && Sectors.Count > 1)
        {
            throw new ArgumentException($"a Winning PoSt is about one sector, not {Sectors.Count}");
        }

        for (var i = 0; i < Sectors.Count; i++)
        {
            if (i > 0 && Sectors[i].Number == Sectors[i - 1].Number)
            {
                throw new ArgumentException($"sector {Sectors[i].Number} is named twice");
            }

            if (!Fr.IsCanonical(Sectors[i].CommR.AsSpan()))
            {
                throw new ArgumentException(
                    $"CommR {Sectors[i].CommR} of sector {Sectors[i].Number} is not a field element");
            }
        }
    }
}
