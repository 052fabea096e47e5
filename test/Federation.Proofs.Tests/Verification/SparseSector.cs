using Federation.Proofs.Commit1;
using Federation.Proofs.Fields;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Tests.Verification;

/// <summary>
/// A proof of a sector of any size without the sector: trees that are empty but for one challenge, its parents and the
/// labels that follow from them.
/// </summary>
internal static class SparseSector
{
    public static (SealPublicInputs Inputs, VanillaProof Proof) Prove(SealConfig config, uint challenge)
    {
        var random = new Random(17);
        var shape = config.Shape;
        var parents = new uint[SdrGraph.Degree];
        new SdrGraph(config, tabulate: false).Parents(challenge, parents);
        Assert.DoesNotContain(challenge, parents);

        var data = Node(random);
        var treeD = SparseTree.TreeD(shape, [new(challenge, data)]);
        var inputs = new SealPublicInputs
        {
            ProverId = ProverId.FromActorId(1000),
            Sector = 1,
            Ticket = new Bytes32(Node(random)),
            Seed = new Bytes32(Node(random)),
            CommD = treeD.Root,
            CommR = default,
        };

        var columns = parents.Distinct().ToDictionary(
            node => node, _ => Enumerable.Range(0, shape.Layers).SelectMany(_ => Node(random)).ToArray());
        columns[challenge] = Labels(config, inputs, challenge, parents, columns);
        var treeC = SparseTree.Poseidon(
            shape, columns.Select(column => new KeyValuePair<long, byte[]>(column.Key, Hash(column.Value))));
        var replica = (Fr.FromBytes(data) + Fr.FromBytes(columns[challenge].AsSpan(^32))).ToBytes();
        var treeR = SparseTree.Poseidon(shape, [new(challenge, replica)]);

        ColumnProof Column(uint node) => new(node, columns[node], treeC.Prove(shape, node));
        var proof = LabelParents.Complete(
            shape,
            challenge,
            treeD.Prove(shape, challenge),
            treeR.Prove(shape, challenge),
            Column(challenge),
            [.. parents.Select(Column)]);
        var commR = new Bytes32(PoseidonHash.Hash2(treeC.Root.AsSpan(), treeR.Root.AsSpan()));
        return (inputs with { CommR = commR }, proof);
    }

    /// <summary>
    /// The labels that the challenge must have, given its parents' columns: written from the specification.
    /// </summary>
    private static byte[] Labels(
        SealConfig config, SealPublicInputs inputs, uint challenge, uint[] parents, Dictionary<uint, byte[]> columns)
    {
        var labels = new byte[config.Shape.Layers * 32];
        for (var layer = 1; layer <= config.Shape.Layers; layer++)
        {
            var once = parents[..6].Select(node => columns[node].AsMemory((layer - 1) * 32, 32)).ToList();
            if (layer > 1)
            {
                once.AddRange(parents[6..].Select(node => columns[node].AsMemory((layer - 2) * 32, 32)));
            }

            var repeated = Enumerable.Range(0, 37).SelectMany(k => once[k % once.Count].ToArray()).ToArray();
            SdrLabel.Compute(
                inputs.ReplicaId(config), (uint)layer, challenge, repeated, labels.AsSpan((layer - 1) * 32, 32));
        }

        return labels;
    }

    private static byte[] Hash(byte[] column)
    {
        var hash = new byte[32];
        PoseidonHash.HashNodes(column, hash);
        return hash;
    }

    private static byte[] Node(Random random)
    {
        var node = new byte[32];
        random.NextBytes(node);
        node[31] &= 0x3f;
        return node;
    }
}
