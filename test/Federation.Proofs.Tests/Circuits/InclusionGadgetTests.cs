using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Tests.Constraints;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Circuits;

public sealed class InclusionGadgetTests
{
    private readonly Numbers _numbers = new(8);

    [Theory]
    [InlineData(2, 8, 0, 0)]
    [InlineData(1, 8, 2, 0)]
    [InlineData(1, 8, 8, 2)]
    [InlineData(3, 2, 0, 0)]
    [InlineData(2, 4, 0, 0)]
    public void Require_PoseidonPath_BindsEveryVariable(int height, int arity, int sub, int top)
    {
        var shape = new PathShape(height, arity, sub, top);
        var proof = Prove(TreeHash.Poseidon, shape);
        var circuit = new Alterations(system => Require(system, TreeHash.Poseidon, shape, proof));

        circuit.AssertAllBound();
        Assert.Equal(2, circuit.Size.Inputs);
        Assert.False(circuit.Breaks(Variable.Input(1), Fr.FromUInt64((ulong)proof.LeafIndex)));
    }

    [Fact]
    public void Require_Sha256Path_IsSatisfiedByTheTruthOnly()
    {
        var shape = new PathShape(2, 2, 0, 0);
        var proof = Prove(TreeHash.Sha256, shape);

        Assert.Null(Check(TreeHash.Sha256, shape, proof));
        Assert.Equal(
            new CircuitSize((2 * 45_382) + 2 + 2, 2, 2 + (2 * 45_335)),
            CountingSystem.Count(new LambdaCircuit(system => Require(system, TreeHash.Sha256, shape, null))));
        Assert.NotNull(Check(TreeHash.Sha256, shape, Altered(proof, root: _numbers.Node())));
        Assert.NotNull(Check(TreeHash.Sha256, shape, Altered(proof, leaf: _numbers.Node())));
        Assert.NotNull(Check(TreeHash.Sha256, shape, Altered(proof, place: 1 - proof.BasePath[0].Index)));
        Assert.NotNull(Check(TreeHash.Sha256, shape, Altered(proof, sibling: _numbers.Node())));
    }

    [Fact]
    public void Require_PathOfAnotherShape_IsRefused()
    {
        var proof = Prove(TreeHash.Poseidon, new PathShape(2, 8, 0, 0));

        Assert.Throws<ArgumentException>(() => Check(TreeHash.Poseidon, new PathShape(3, 8, 0, 0), proof));
        Assert.Throws<ArgumentException>(() => Check(TreeHash.Poseidon, new PathShape(2, 4, 0, 0), proof));
        Assert.Throws<ArgumentException>(() => Check(TreeHash.Poseidon, new PathShape(2, 8, 2, 0), proof));
    }

    private static UnsatisfiedRow? Check(TreeHash hash, PathShape shape, MerkleProof proof) =>
        CheckingSystem.FirstUnsatisfied(new LambdaCircuit(system => Require(system, hash, shape, proof)));

    private static void Require(ConstraintSystem system, TreeHash hash, PathShape shape, MerkleProof? proof)
    {
        var leaf = system.AllocateNode(proof is null ? [] : proof.Leaf.Span);
        var root = system.AllocateNode(proof is null ? [] : proof.Root.Span);
        new InclusionGadget(system, hash).Require(shape, leaf, root, proof);
    }

    private static MerkleProof Altered(
        MerkleProof proof, byte[]? root = null, byte[]? leaf = null, int? place = null, byte[]? sibling = null)
    {
        var first = new PathElement(place ?? proof.BasePath[0].Index, sibling ?? proof.BasePath[0].Siblings);
        return new MerkleProof(root ?? proof.Root, leaf ?? proof.Leaf, [first, .. proof.BasePath.Skip(1)]);
    }

    private MerkleProof Prove(TreeHash hash, PathShape shape)
    {
        PathElement[] Steps(int height, int arity) =>
        [
            .. Enumerable.Range(0, height).Select(level => new PathElement(
                (level + 1) % arity, Enumerable.Range(1, arity - 1).SelectMany(_ => _numbers.Node()).ToArray())),
        ];

        var proof = new MerkleProof(
            new byte[32],
            _numbers.Node(),
            Steps(shape.BaseHeight, shape.BaseArity),
            Steps(shape.SubArity > 0 ? 1 : 0, shape.SubArity),
            Steps(shape.TopArity > 0 ? 1 : 0, shape.TopArity));
        var root = new byte[32];
        Assert.True(proof.TryComputeRoot(hash, root));
        return new MerkleProof(root, proof.Leaf, proof.BasePath, proof.SubPath, proof.TopPath);
    }
}
