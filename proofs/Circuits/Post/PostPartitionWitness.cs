using Federation.Proofs.Post;

namespace Federation.Proofs.Circuits.Post;

/// <summary>What the circuit of one partition of a proof of spacetime is satisfied by.</summary>
/// <param name="Sectors">
/// The circuit's sectors in order, each with as many opened leaves as the circuit has challenges for it.
/// </param>
public sealed record PostPartitionWitness(IReadOnlyList<PostVanillaProof> Sectors)
{
    /// <summary>
    /// Lays out vanilla proofs as the circuit has them: what the last partition lacks is filled with the last sector,
    /// and the challenges of Winning's one sector stand there as one sector each.
    /// </summary>
    /// <param name="statement">What is proved.</param>
    /// <param name="proofs">Vanilla proofs of all its sectors, in its order.</param>
    /// <param name="partition">Partition, from 0.</param>
    /// <exception cref="ArgumentException">There are more or fewer proofs than sectors.</exception>
    public static PostPartitionWitness Of(
        PostStatement statement, IReadOnlyList<PostVanillaProof> proofs, int partition)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(proofs);
        if (proofs.Count != statement.Sectors.Count)
        {
            throw new ArgumentException(
                $"{proofs.Count} vanilla proofs are given for {statement.Sectors.Count} sectors", nameof(proofs));
        }

        var leaves = statement.Config.ChallengesPerCircuitSector;
        return new PostPartitionWitness(
        [
            .. from position in statement.PositionsOf(partition)
               from chunk in proofs[position].Inclusions.Chunk(leaves)
               select proofs[position] with { Inclusions = chunk },
        ]);
    }
}
