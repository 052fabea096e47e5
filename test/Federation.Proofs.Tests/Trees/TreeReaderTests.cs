using Federation.Proofs.Fields;
using Federation.Proofs.Poseidon;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Trees;

/// <summary>Every leaf of every shape below 8 MiB: the readers' proofs lead to the commitments of the golden
/// seals.</summary>
public sealed class TreeReaderTests : IDisposable
{
    private SealedSector? _seal;

    public void Dispose() => _seal?.Dispose();

    [Theory]
    [InlineData("2KiB-5")]
    [InlineData("4KiB")]
    [InlineData("16KiB")]
    [InlineData("32KiB")]
    public void Prove_EveryLeaf_LeadsToTheGoldenCommitments(string name)
    {
        SealVector vector = Seal(name);
        SectorShape shape = vector.Config.Shape;
        using TreeDReader treeD = TreeDReader.Open(shape, Path.Combine(_seal!.Cache, CacheFiles.TreeD));
        using PoseidonTreeReader treeC = PoseidonTreeReader.OpenTreeC(shape, _seal.Cache);
        using PoseidonTreeReader treeRLast = PoseidonTreeReader.OpenTreeRLast(shape, _seal.Cache, _seal.Sealed);
        Assert.Equal(vector.Inputs.CommD, treeD.Root);
        Assert.Equal(vector.Optional("comm_c"), treeC.Root);
        Assert.Equal(vector.Optional("comm_r_last"), treeRLast.Root);

        byte[] data = File.ReadAllBytes(_seal.Unsealed);
        byte[] replica = File.ReadAllBytes(_seal.Sealed);
        for (int leaf = 0; leaf < shape.Nodes; leaf++)
        {
            AssertProof(treeD.Prove(leaf), TreeHash.Sha256, leaf, data.AsSpan(leaf * 32, 32), treeD.Root);
            AssertProof(treeC.Prove(leaf), TreeHash.Poseidon, leaf, ColumnHash(shape, leaf), treeC.Root);
            AssertProof(treeRLast.Prove(leaf), TreeHash.Poseidon, leaf, replica.AsSpan(leaf * 32, 32), treeRLast.Root);
        }

        MerkleProof last = treeC.Prove(shape.Nodes - 1);
        Assert.Equal(
            (shape.BaseTreeHeight, shape.SubArity > 0 ? 1 : 0, shape.TopArity > 0 ? 1 : 0),
            (last.BasePath.Count, last.SubPath.Count, last.TopPath.Count));
    }

    [Fact]
    public void Prove_ManyThreads_AgreesWithOne()
    {
        SealVector vector = Seal("32KiB");
        using PoseidonTreeReader tree = OpenTreeRLast(vector);
        Parallel.For(0, vector.Config.Shape.Nodes, leaf => Assert.True(tree.Prove(leaf).Verify(TreeHash.Poseidon)));
    }

    [Fact]
    public void Prove_LeafOutside_IsRefused()
    {
        SealVector vector = Seal("4KiB");
        SectorShape shape = vector.Config.Shape;
        using TreeDReader treeD = TreeDReader.Open(shape, Path.Combine(_seal!.Cache, CacheFiles.TreeD));
        using PoseidonTreeReader treeC = PoseidonTreeReader.OpenTreeC(shape, _seal.Cache);
        foreach (long leaf in (long[])[-1, shape.Nodes])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => treeD.Prove(leaf));
            Assert.Throws<ArgumentOutOfRangeException>(() => treeC.Prove(leaf));
        }
    }

    [Fact]
    public void Open_FileMissingOrTorn_NamesIt()
    {
        SealVector vector = Seal("4KiB");
        SectorShape shape = vector.Config.Shape;
        string second = Path.Combine(_seal!.Cache, "sc-02-data-tree-c-1.dat");
        File.WriteAllBytes(second, File.ReadAllBytes(second)[..^1]);
        Assert.Contains(
            second,
            Assert.Throws<InvalidDataException>(() => PoseidonTreeReader.OpenTreeC(shape, _seal.Cache)).Message,
            StringComparison.Ordinal);
        AssertNotOpen(Path.Combine(_seal.Cache, "sc-02-data-tree-c-0.dat"));
        File.Delete(second);
        Assert.Contains(
            second,
            Assert.Throws<FileNotFoundException>(() => PoseidonTreeReader.OpenTreeC(shape, _seal.Cache)).Message,
            StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => TreeDReader.Open(shape, _seal.Cache + "/none"));
    }

    [Fact]
    public void Open_RootNotAFieldElement_IsRefused()
    {
        SealVector vector = Seal("4KiB");
        string first = Path.Combine(_seal!.Cache, "sc-02-data-tree-c-0.dat");
        byte[] bytes = File.ReadAllBytes(first);
        bytes[^1] = 0xff;
        File.WriteAllBytes(first, bytes);
        Assert.Throws<NonCanonicalFieldElementException>(
            () => PoseidonTreeReader.OpenTreeC(vector.Config.Shape, _seal.Cache));
    }

    [Fact]
    public void Prove_ReplicaNotAFieldElement_NamesTheFile()
    {
        SealVector vector = Seal("4KiB");
        byte[] replica = File.ReadAllBytes(_seal!.Sealed);
        replica[(100 * 32) + 31] = 0xff;
        File.WriteAllBytes(_seal.Sealed, replica);
        using PoseidonTreeReader tree = OpenTreeRLast(vector);
        Assert.True(tree.Prove(0).Verify(TreeHash.Poseidon));
        Assert.Contains(
            _seal.Sealed, Assert.Throws<InvalidDataException>(() => tree.Prove(64)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prove_ReplicaOfAnotherSector_DoesNotVerify()
    {
        SealVector vector = Seal("4KiB");
        byte[] replica = File.ReadAllBytes(_seal!.Sealed);
        replica[(100 * 32) + 3] ^= 1;
        File.WriteAllBytes(_seal.Sealed, replica);
        using PoseidonTreeReader tree = OpenTreeRLast(vector);
        Assert.False(tree.Prove(64).Verify(TreeHash.Poseidon));
    }

    private PoseidonTreeReader OpenTreeRLast(SealVector vector) =>
        PoseidonTreeReader.OpenTreeRLast(vector.Config.Shape, _seal!.Cache, _seal.Sealed);

    // A reader that was refused holds no file of those that it had opened before.
    private static void AssertNotOpen(string path)
    {
        using FileStream exclusive = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private SealVector Seal(string name)
    {
        SealVector vector = Vectors.Seal(name);
        _seal = new SealedSector(vector.Config, vector.Inputs, vector.Data());
        Assert.Equal(vector.Inputs.CommR, _seal.PreCommit2.CommR);
        return vector;
    }

    private byte[] ColumnHash(SectorShape shape, int node)
    {
        var column = new byte[shape.Layers * 32];
        for (int layer = 1; layer <= shape.Layers; layer++)
        {
            using FileStream file = File.OpenRead(Path.Combine(_seal!.Cache, CacheFiles.Layer(layer)));
            file.Position = node * 32L;
            file.ReadExactly(column.AsSpan((layer - 1) * 32, 32));
        }

        var hash = new byte[32];
        PoseidonHash.HashNodes(column, hash);
        return hash;
    }

    private static void AssertProof(MerkleProof proof, TreeHash hash, long leaf, ReadOnlySpan<byte> value, Bytes32 root)
    {
        Assert.True(proof.Verify(hash));
        Assert.Equal(leaf, proof.LeafIndex);
        Assert.True(value.SequenceEqual(proof.Leaf.Span));
        Assert.Equal(root, new Bytes32(proof.Root.Span));
    }
}
