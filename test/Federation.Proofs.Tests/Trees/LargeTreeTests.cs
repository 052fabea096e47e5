using System.Buffers.Binary;
using Federation.Proofs.Poseidon;
using Federation.Proofs.Sha256;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Trees;

/// <summary>
/// 32 and 64 GiB sectors on sparse files: only the nodes along one path are written, everything else is a hole. Proofs
/// must find them, beyond node number 2^31 and beyond byte 2^36.
/// </summary>
public sealed class LargeTreeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("32GiB", 0)]
    [InlineData("32GiB", 1_073_741_823)]
    [InlineData("64GiB", 2_147_483_647)]
    [InlineData("64GiB", 1_999_999_999)]
    public void TreeD_SparseFile_FindsEverySibling(string size, long leaf)
    {
        SectorShape shape = SectorShape.Parse(size);
        var layout = TreeLayout.TreeD(shape);
        string path = _folder["tree-d"];
        byte[] node = Node(1);
        using (NodeFile file = SparseFiles.Create(path, layout.StoredNodes))
        {
            long index = leaf;
            long rowStart = 0;
            for (long row = shape.Nodes; row > 1; row /= 2)
            {
                byte[] sibling = Node((byte)(2 + (index % 200)));
                file.Write(rowStart + index, node);
                file.Write(rowStart + (index ^ 1), sibling);
                byte[] pair = index % 2 == 0 ? [.. node, .. sibling] : [.. sibling, .. node];
                TreeHasher.HashPairs(pair, node);
                rowStart += row;
                index /= 2;
            }

            Assert.Equal(layout.StoredNodes - 1, rowStart);
            file.Write(rowStart, node);
        }

        using TreeDReader reader = TreeDReader.Open(shape, path);
        MerkleProof proof = reader.Prove(leaf);
        Assert.Equal(Node(1), proof.Leaf.ToArray());
        Assert.Equal(leaf, proof.LeafIndex);
        Assert.True(proof.Verify(TreeHash.Sha256));
        Assert.Equal(node, proof.Root.ToArray());
    }

    [Theory]
    [InlineData("32GiB", 1_073_741_823)]
    [InlineData("32GiB", 800_000_001)]
    [InlineData("64GiB", 2_147_483_647)]
    [InlineData("64GiB", 1_100_000_000)]
    public void TreeRLast_SparseReplicaAndTrees_FindsEverySibling(string size, long leaf)
    {
        SectorShape shape = SectorShape.Parse(size);
        string sealedPath = _folder["sealed"];
        byte[] block = WriteBlock(sealedPath, shape, leaf);
        WriteBaseTrees(shape, TreeLayout.TreeRLast(shape), CacheFiles.TreeRLast, leaf, block);

        using PoseidonTreeReader reader = PoseidonTreeReader.OpenTreeRLast(shape, _folder.Path, sealedPath);
        MerkleProof proof = reader.Prove(leaf);
        Assert.Equal(leaf, proof.LeafIndex);
        Assert.True(proof.Verify(TreeHash.Poseidon));
        Assert.Equal(Node((byte)(leaf % 200)), proof.Leaf.ToArray());
        Assert.Equal((9, 1, size == "64GiB" ? 1 : 0), (proof.BasePath.Count, proof.SubPath.Count, proof.TopPath.Count));
    }

    [Theory]
    [InlineData("32GiB", 1_073_741_822)]
    [InlineData("64GiB", 2_147_483_640)]
    public void TreeC_SparseTrees_FindsEverySibling(string size, long leaf)
    {
        SectorShape shape = SectorShape.Parse(size);
        WriteBaseTrees(shape, TreeLayout.TreeC(shape), CacheFiles.TreeC, leaf, Node(77));

        using PoseidonTreeReader reader = PoseidonTreeReader.OpenTreeC(shape, _folder.Path);
        MerkleProof proof = reader.Prove(leaf);
        Assert.Equal(leaf, proof.LeafIndex);
        Assert.Equal(Node(77), proof.Leaf.ToArray());
        Assert.True(proof.Verify(TreeHash.Poseidon));
    }

    // The last chunk of the largest trees: rows and their places as if all chunks before it had been built.
    [Theory]
    [InlineData("32GiB")]
    [InlineData("64GiB")]
    public void BuildChunk_LastOfTreeD_WritesEveryRowToItsEnd(string size)
    {
        SectorShape shape = SectorShape.Parse(size);
        var layout = TreeLayout.TreeD(shape);
        using NodeFile file = SparseFiles.Create(_folder["tree-d"], layout.StoredNodes);
        var builder = new TreeDBuilder(shape, file.Write);
        var buffer = new byte[builder.BufferBytes];
        NumberedLeaves(shape.Nodes - builder.ChunkLeaves, buffer.AsSpan(0, builder.ChunkLeaves * 32));
        builder.ComputeChunk(builder.Chunks - 1, buffer);
        builder.StoreChunk(builder.Chunks - 1, buffer);

        var row = new byte[builder.ChunkLeaves * 32];
        NumberedLeaves(shape.Nodes - builder.ChunkLeaves, row);
        for (int height = 0; row.Length > 32; height++)
        {
            var written = new byte[row.Length];
            file.Read(layout.RowOffset(height) + layout.RowNodes(height) - (row.Length / 32), written);
            Assert.True(row.AsSpan().SequenceEqual(written), $"row {height}");
            var parents = new byte[row.Length / 2];
            TreeHasher.HashPairs(row, parents);
            row = parents;
        }
    }

    [Fact]
    public void BuildChunk_LastOfTreeRLast_StoresNoRowThatIsDiscarded()
    {
        var layout = TreeLayout.TreeRLast(SectorShape.Parse("64GiB"));
        using NodeFile file = SparseFiles.Create(_folder["tree-r-last"], layout.StoredNodes);
        var builder = new TreeBuilder(layout, file, NumberedLeaves, CancellationToken.None);
        long chunks = layout.Leaves / builder.ChunkLeaves;

        var buffer = new byte[builder.BufferBytes];
        builder.ComputeChunk(chunks - 1, buffer);
        builder.StoreChunk(chunks - 1, buffer);

        var block = new byte[512 * 32];
        NumberedLeaves(layout.Leaves - 512, block);
        var written = new byte[32];
        file.Read(layout.RowOffset(3) + layout.RowNodes(3) - 1, written);
        Assert.Equal(HashToRoot(block), written);
    }

    private static void NumberedLeaves(long first, Span<byte> leaves)
    {
        leaves.Clear();
        for (int i = 0; i < leaves.Length; i += 32)
        {
            BinaryPrimitives.WriteInt64LittleEndian(leaves[i..], first + (i / 32) + 1);
        }
    }

    // The 512 leaves around the challenged one; returns the node that they hash to.
    private static byte[] WriteBlock(string path, SectorShape shape, long leaf)
    {
        const int leaves = 512;
        var row = new byte[leaves * 32];
        for (int i = 0; i < leaves; i++)
        {
            Node((byte)(((leaf / leaves * leaves) + i) % 200)).CopyTo(row, i * 32);
        }

        using NodeFile file = SparseFiles.Create(path, shape.Nodes);
        file.Write(leaf / leaves * leaves, row);
        return HashToRoot(row);
    }

    private static byte[] HashToRoot(byte[] row)
    {
        while (row.Length > 32)
        {
            var parents = new byte[row.Length / 8];
            for (int i = 0; i < parents.Length; i += 32)
            {
                PoseidonHash.HashNodes(row.AsSpan(i * 8, 256), parents.AsSpan(i, 32));
            }

            row = parents;
        }

        return row;
    }

    // All base trees, holes but for the path of one leaf from the lowest stored row.
    private void WriteBaseTrees(
        SectorShape shape, TreeLayout layout, Func<SectorShape, int, string> nameOf, long leaf, byte[] lowest)
    {
        (long tree, long leafInTree) = Math.DivRem(leaf, layout.Leaves);
        for (int i = 0; i < shape.BaseTreeCount; i++)
        {
            using NodeFile file = SparseFiles.Create(_folder[nameOf(shape, i)], layout.StoredNodes);
            if (i == tree)
            {
                WritePath(file, layout, leafInTree >> (3 * layout.SkippedRows), [.. lowest]);
            }
        }
    }

    private static void WritePath(NodeFile file, TreeLayout layout, long index, byte[] node)
    {
        var children = new byte[256];
        long rowStart = 0;
        for (long row = layout.Leaves >> (3 * layout.SkippedRows); row > 1; row /= 8)
        {
            for (int i = 0; i < 8; i++)
            {
                (i == index % 8 ? node : Node((byte)(i + 1))).CopyTo(children, 32 * i);
            }

            file.Write(rowStart + (index / 8 * 8), children);
            PoseidonHash.HashNodes(children, node);
            rowStart += row;
            index /= 8;
        }

        file.Write(rowStart, node);
    }

    private static byte[] Node(byte value)
    {
        var node = new byte[32];
        node.AsSpan(0, 31).Fill(value);
        return node;
    }
}
