using Federation.Proofs.Challenges;
using Federation.Proofs.Fields;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Groth16;

/// <summary>
/// The public inputs of a PoRep's circuits, formed from what the chain knows: replica id, CommD, CommR, and for each
/// challenge its number, those of its 14 parents, and its number three times more, once for each tree.
/// </summary>
public static class PoRepInputs
{
    private const int NumbersPerChallenge = SdrGraph.Degree + 4;

    /// <summary>The inputs of each partition, the constant one left out.</summary>
    /// <exception cref="ArgumentException">CommD or CommR is not a field element.</exception>
    public static IReadOnlyList<Fr[]> Form(SealConfig config, SealPublicInputs sector)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(sector);
        Fr[] common =
        [
            Element("replica id", sector.ReplicaId(config)),
            Element("CommD", sector.CommD),
            Element("CommR", sector.CommR),
        ];
        var graph = new SdrGraph(config, tabulate: false);
        return
        [
            .. PoRepChallenges.All(config, sector).Select(challenges => (Fr[])
            [
                .. common,
                .. challenges.SelectMany(challenge => Numbers(graph, challenge)).Select(number => Fr.FromUInt64(number)),
            ]),
        ];
    }

    private static uint[] Numbers(SdrGraph graph, uint challenge)
    {
        var numbers = new uint[NumbersPerChallenge];
        Array.Fill(numbers, challenge);
        graph.Parents(challenge, numbers.AsSpan(1, SdrGraph.Degree));
        return numbers;
    }

    private static Fr Element(string name, Bytes32 bytes) => Fr.TryFromBytes(bytes.AsSpan(), out var element)
        ? element
        : throw new ArgumentException($"{name} {bytes} is not a field element");
}
