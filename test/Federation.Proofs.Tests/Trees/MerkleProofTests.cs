using Federation.Proofs.Poseidon;
using Federation.Proofs.Sha256;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Trees;

public class MerkleProofTests
{
    private static readonly byte[] Leaf = Node(1);

    [Fact]
    public void LeafIndex_OfThreeLevels_IsSpelledByPositions()
    {
        MerkleProof proof = ThreeLevels(new byte[32]);
        Assert.Equal(5 + (3 * 8) + (64 * (6 + (8 * 1))), proof.LeafIndex);
    }

    [Fact]
    public void Verify_ComputedRoot_Holds() => Assert.True(ThreeLevels(RootOfThreeLevels()).Verify(TreeHash.Poseidon));

    [Fact]
    public void Verify_EveryBitOfRootLeafAndOneSiblingChanged_Fails()
    {
        byte[] root = RootOfThreeLevels();
        for (int bit = 0; bit < 256; bit++)
        {
            Assert.False(ThreeLevels(Flip(root, bit)).Verify(TreeHash.Poseidon));
            MerkleProof proof = ThreeLevels(root);
            Assert.False(
                new MerkleProof(root, Flip(Leaf, bit), proof.BasePath, proof.SubPath, proof.TopPath)
                    .Verify(TreeHash.Poseidon));
            PathElement first = proof.BasePath[0];
            var changed = new PathElement(first.Index, Flip(first.Siblings.ToArray(), (2 * 256) + bit));
            Assert.False(
                new MerkleProof(root, Leaf, [changed, proof.BasePath[1]], proof.SubPath, proof.TopPath)
                    .Verify(TreeHash.Poseidon));
        }
    }

    [Fact]
    public void Verify_OtherPositions_Fails()
    {
        byte[] root = RootOfThreeLevels();
        MerkleProof proof = ThreeLevels(root);
        for (int position = 0; position < 8; position++)
        {
            var moved = new PathElement(position, proof.BasePath[0].Siblings);
            bool holds = new MerkleProof(root, Leaf, [moved, proof.BasePath[1]], proof.SubPath, proof.TopPath)
                .Verify(TreeHash.Poseidon);
            Assert.Equal(position == proof.BasePath[0].Index, holds);
        }
    }

    [Fact]
    public void Verify_WrongHashFunction_Fails() =>
        Assert.False(ThreeLevels(RootOfThreeLevels()).Verify(TreeHash.Sha256));

    [Theory]
    [InlineData(TreeHash.Poseidon)]
    [InlineData(TreeHash.Sha256)]
    public void Verify_SiblingNotCanonical_Fails(TreeHash hash)
    {
        var sibling = new byte[32];
        sibling.AsSpan().Fill(0xff);
        var root = new byte[32];
        TreeHasher.HashPairs([.. Leaf, .. sibling], root);
        Assert.False(new MerkleProof(root, Leaf, [new PathElement(0, sibling)]).Verify(hash));
    }

    [Fact]
    public void Verify_BinaryShaPath_Holds()
    {
        byte[] root = new byte[32];
        TreeHasher.HashPairs([.. Node(9), .. Leaf], root);
        Assert.True(new MerkleProof(root, Leaf, [new PathElement(1, Node(9))]).Verify(TreeHash.Sha256));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void PathElement_PositionOutside_IsRefused(int index) =>
        Assert.Throws<ArgumentException>(() => new PathElement(index, new byte[32]));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void PathElement_NotWholeSiblings_IsRefused(int length) =>
        Assert.Throws<ArgumentException>(() => new PathElement(0, new byte[length]));

    [Fact]
    public void MerkleProof_TopWithoutSub_IsRefused() =>
        Assert.Throws<ArgumentException>(
            () => new MerkleProof(Leaf, Leaf, [], [], [new PathElement(0, new byte[32])]));

    private static MerkleProof ThreeLevels(byte[] root) => new(
        root,
        Leaf,
        [new PathElement(5, Siblings(7, 10)), new PathElement(3, Siblings(7, 20))],
        [new PathElement(6, Siblings(7, 30))],
        [new PathElement(1, Siblings(1, 40))]);

    private static byte[] RootOfThreeLevels()
    {
        byte[] base0 = Parent(Siblings(7, 10), 5, Leaf);
        byte[] base1 = Parent(Siblings(7, 20), 3, base0);
        return Parent(Siblings(1, 40), 1, Parent(Siblings(7, 30), 6, base1));
    }

    private static byte[] Parent(byte[] siblings, int index, byte[] node)
    {
        byte[] children = [.. siblings[..(index * 32)], .. node, .. siblings[(index * 32)..]];
        var parent = new byte[32];
        PoseidonHash.HashNodes(children, parent);
        return parent;
    }

    private static byte[] Siblings(int count, byte first) =>
        [.. Enumerable.Range(first, count).SelectMany(value => Node((byte)value))];

    private static byte[] Node(byte value)
    {
        var node = new byte[32];
        node.AsSpan(0, 31).Fill(value);
        return node;
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] copy = [.. bytes];
        copy[bit >> 3] ^= (byte)(1 << (bit & 7));
        return copy;
    }
}
