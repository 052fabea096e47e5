using Federation.Proofs.Commit1;
using Federation.Proofs.Fields;
using Federation.Proofs.Graph;
using Federation.Proofs.Labels;
using Federation.Proofs.Poseidon;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Verification;

/// <summary>
/// Proofs of 32 and 64 GiB sectors without the sectors: trees that are empty but for one challenge, its parents and
/// the labels that follow from them. Eleven layers, all three levels of trees, nodes to 2^31 - 1.
/// </summary>
public sealed class LargeShapeTests
{
    [Theory]
    [InlineData(3, (1u << 30) - 1)]
    [InlineData(8, (1u << 30) - 1)]
    [InlineData(13, 715_827_883)]
    [InlineData(4, (1u << 31) - 1)]
    [InlineData(9, (1u << 31) - 1)]
    [InlineData(9, 1)]
    [InlineData(19, 2_000_000_001)]
    public void Verify_SparseSector_IsAcceptedAndItsChangesRefused(int registered, uint challenge)
    {
        var config = SealConfig.FromRegistered(registered);
        var (inputs, proof) = Prove(config, challenge);

        Assert.Equal(VerificationResult.Accepted, VanillaProofVerifier.Verify(config, inputs, challenge, proof));

        Assert.False(VanillaProofVerifier.Verify(config, inputs, challenge - 1, proof).IsValid);
        Assert.Equal(
            VanillaFailure.Label,
            VanillaProofVerifier.Verify(config, inputs with { Sector = 2 }, challenge, proof).Failure);
        Assert.Equal(
            VanillaFailure.LabelParents,
            VanillaProofVerifier.Verify(
                config, inputs, challenge, proof with { Labeling = [.. proof.Labeling.Reverse()] }).Failure);
        Assert.Equal(
            VanillaFailure.NodeIndex,
            VanillaProofVerifier.Verify(
                config, inputs, challenge, proof with { ExpParents = [.. proof.ExpParents.Reverse()] }).Failure);
        Assert.Equal(
            VanillaFailure.PathShape,
            VanillaProofVerifier.Verify(config, inputs, challenge, proof with { ExpParents = [] }).Failure);
    }

    [Theory]
    [InlineData(8, 10 * 18)]
    [InlineData(9, 10 * 18)]
    public void Write_SparseSector_IsReadBackWhole(int registered, int proofs)
    {
        var config = SealConfig.FromRegistered(registered);
        var (inputs, proof) = Prove(config, 12_345_678);
        using var folder = new TempFolder();
        using (var output = File.Create(folder["c1"]))
        {
            var writer = new Commit1Writer(output, config, inputs, Commit1Form.Api);
            for (var i = 0; i < proofs; i++)
            {
                writer.Write(proof);
            }

            writer.Complete();
        }

        using var input = File.OpenRead(folder["c1"]);
        var reader = new Commit1Reader(input, config);
        for (var i = 1; i < proofs; i++)
        {
            reader.ReadProof();
        }

        Assert.Equal(
            VerificationResult.Accepted, VanillaProofVerifier.Verify(config, inputs, 12_345_678, reader.ReadProof()));
        Assert.Equal(inputs.CommR, reader.ReadTrailer().CommR);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public void SyntheticRecord_SparseSector_IsReadBackWhole(int registered)
    {
        var config = SealConfig.FromRegistered(registered);
        var (inputs, proof) = Prove(config, 999_999_999);
        var record = new byte[SyntheticRecord.Size(config.Shape)];
        SyntheticRecord.Write(proof, record);

        var read = SyntheticRecord.Read(
            new SdrGraph(config, tabulate: false),
            999_999_999,
            record,
            inputs.CommD,
            new Bytes32(proof.Column.Inclusion.Root.Span),
            new Bytes32(proof.CommRLastProof.Root.Span));

        Assert.Equal(VerificationResult.Accepted, VanillaProofVerifier.Verify(config, inputs, 999_999_999, read));
    }

    private static (SealPublicInputs Inputs, VanillaProof Proof) Prove(SealConfig config, uint challenge)
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
