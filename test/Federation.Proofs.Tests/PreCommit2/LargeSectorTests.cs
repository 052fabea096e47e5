using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;
using Federation.Proofs.PreCommit2;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.PreCommit2;

/// <summary>The last nodes of 32 and 64 GiB sectors, on sparse files.</summary>
public sealed class LargeSectorTests : IDisposable
{
    private const int Nodes = 3000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("32GiB")]
    [InlineData("64GiB")]
    public void HashColumns_LastNodes_HashTheirElevenLabels(string size)
    {
        SectorShape shape = SectorShape.Parse(size);
        long first = shape.Nodes - Nodes;
        for (int layer = 1; layer <= shape.Layers; layer++)
        {
            using NodeFile file = SparseFiles.Create(_folder[CacheFiles.Layer(layer)], shape.Nodes);
            file.Write(first, Labels(layer));
        }

        var hashes = new byte[Nodes * 32];
        using LayerFiles layers = LayerFiles.Open(shape, _folder.Path);
        layers.HashColumns(first, hashes, CancellationToken.None);

        foreach (int node in (int[])[0, 1023, 1024, Nodes - 1])
        {
            Fr[] column = [.. Enumerable.Range(1, 11).Select(layer => Label(layer, node))];
            Assert.Equal(PoseidonHash.Hash(column).ToBytes(), hashes[(node * 32)..((node + 1) * 32)]);
        }
    }

    [Fact]
    public void Encode_LastNodesOf64GiB_ReadAndWriteTheEnds()
    {
        SectorShape shape = SectorShape.Parse("64GiB");
        long first = shape.Nodes - Nodes;
        using NodeFile data = SparseFiles.Create(_folder["unsealed"], shape.Nodes);
        using NodeFile key = SparseFiles.Create(_folder["layer"], shape.Nodes);
        using NodeFile replica = NodeFile.Create(_folder["sealed"]);
        data.Write(first, Labels(100));
        key.Write(first, Labels(200));

        var nodes = new byte[Nodes * 32];
        var writer = new ReplicaWriter(data, key, replica);
        writer.Encode(first, nodes);
        writer.Write(first, nodes);

        var written = new byte[Nodes * 32];
        replica.Read(first, written);
        Assert.Equal(nodes, written);
        Assert.Equal(shape.SectorSize, new FileInfo(_folder["sealed"]).Length);
        for (int node = 0; node < Nodes; node++)
        {
            Assert.Equal(Label(100, node) + Label(200, node), Fr.FromBytes(nodes.AsSpan(node * 32, 32)));
        }
    }

    private static byte[] Labels(int layer) =>
        [.. Enumerable.Range(0, Nodes).SelectMany(node => Label(layer, node).ToBytes())];

    private static Fr Label(int layer, int node) => Fr.FromUInt64(((ulong)layer << 32) + (ulong)node + 1);
}
