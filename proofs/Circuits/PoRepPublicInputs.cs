using Federation.Proofs.Challenges;
using Federation.Proofs.Fields;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Circuits;

/// <summary>
/// The inputs of <see cref="StackedDrgCircuit"/> from what the chain knows of a sector, as a verifier forms them.
/// </summary>
public static class PoRepPublicInputs
{
    private const int Commitments = 3;
    private const int PerChallenge = SdrGraph.Degree + 4;

    /// <summary>The inputs of every partition, each without the constant one.</summary>
    /// <exception cref="NonCanonicalFieldElementException">CommD or CommR is not below r.</exception>
    public static Fr[][] Of(SealConfig config, SealPublicInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(inputs);
        var graph = new SdrGraph(config, tabulate: false);
        var replicaId = inputs.ReplicaId(config);
        Fr[] commitments =
        [
            Fr.FromBytes(replicaId.AsSpan()), Fr.FromBytes(inputs.CommD.AsSpan()), Fr.FromBytes(inputs.CommR.AsSpan()),
        ];
        return [.. PoRepChallenges.All(config, inputs).Select(challenges => Of(graph, commitments, challenges))];
    }

    private static Fr[] Of(SdrGraph graph, Fr[] commitments, uint[] challenges)
    {
        var inputs = new Fr[Commitments + (challenges.Length * PerChallenge)];
        commitments.CopyTo(inputs, 0);
        var target = inputs.AsSpan(Commitments);
        Span<uint> parents = stackalloc uint[SdrGraph.Degree];
        foreach (var challenge in challenges)
        {
            graph.Parents(challenge, parents);
            target[0] = Fr.FromUInt64(challenge);
            for (var i = 0; i < parents.Length; i++)
            {
                target[1 + i] = Fr.FromUInt64(parents[i]);
            }

            target[(1 + parents.Length)..PerChallenge].Fill(Fr.FromUInt64(challenge));
            target = target[PerChallenge..];
        }

        return inputs;
    }
}
