using Federation.Proofs.Circuits.Post;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Post;
using Federation.Proofs.Tests.Post;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Circuits.Post;

/// <summary>The reference's circuits, row by row, and that they say what they should.</summary>
public sealed class PostCircuitTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, PostVector.All.Count)];

    public static TheoryData<PostKind, string> KindsAndSizes()
    {
        var all = new TheoryData<PostKind, string>();
        foreach (var shape in SectorShape.All)
        {
            all.Add(PostKind.Window, shape.Name);
            all.Add(PostKind.Winning, shape.Name);
        }

        return all;
    }

    [Theory]
    [InlineData(PostKind.Window, "2KiB", "0195e9af4f66bb08b5db03878360d823398d411c7eab1ebeccc6793566a103ce", "")]
    [InlineData(PostKind.Window, "32KiB", "ecfb5f69648039a52d8a6a53b75f2f1fce9595ebb244e024f483d95a2d242ec6", "")]
    [InlineData(
        PostKind.Winning,
        "2KiB",
        "ad3738631d48dc4f65d24e92b509b3a9d98306c85adb5fe3039f1502f5d8a966",
        "46bd2155f5ebb5a2")]
    public void Compute_RecordedCircuit_IsTheReferencesStream(
        PostKind kind, string shape, string digest, string running)
    {
        var computed = CircuitDigest.Compute(new PostCircuit(Config(kind, shape)));

        Assert.Equal(digest, computed.Sha256);
        Assert.Equal(running, string.Join(' ', computed.Running));
    }

    /// <summary>Also of the largest: equal pieces are counted once.</summary>
    [Theory]
    [MemberData(nameof(KindsAndSizes))]
    public void Count_EveryShape_IsTheReferences(PostKind kind, string shape) => Assert.Equal(
        CircuitVector.Of(kind == PostKind.Window ? "window" : "winning", shape).Size,
        CountingSystem.Count(new PostCircuit(Config(kind, shape))));

    /// <summary>Counts that rust-fil-proofs states in its constants, without the row of each input.</summary>
    [Theory]
    [InlineData(PostKind.Winning, "32GiB", 370_590, 132)]
    [InlineData(PostKind.Winning, "64GiB", 391_314, 132)]
    [InlineData(PostKind.Window, "32GiB", 125_279_217, 2_349 * 11)]
    [InlineData(PostKind.Window, "64GiB", 129_887_900, 2_300 * 11)]
    public void Count_ProductionShape_IsThePublishedOne(PostKind kind, string shape, int constraints, int inputs)
    {
        var size = CountingSystem.Count(new PostCircuit(Config(kind, shape)));

        Assert.Equal((constraints + inputs + 1, inputs + 1), (size.Constraints, size.Inputs));
    }

    /// <summary>Each public input is bound: with any other value of it some row does not hold.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Evaluate_TrueWitness_SatisfiesUnlessAnInputIsAltered(int number)
    {
        var (statement, proofs) = Prove(PostVector.All[number]);
        var inputRows = InputRows.Of(new PostCircuit(statement.Config));
        for (var partition = 0; partition < statement.Partitions; partition++)
        {
            var witness = Evaluate(statement, PostPartitionWitness.Of(statement, proofs, partition));

            Assert.Equal(-1, witness.FirstUnsatisfiedRow());
            Assert.Equal([Fr.One, .. statement.PublicInputs(partition)], witness.Inputs);
            Assert.True(inputRows.Hold(witness.Inputs, witness.Aux));
            for (var i = 0; i < witness.Inputs.Length; i++)
            {
                var altered = (Fr[])witness.Inputs.Clone();
                altered[i] += Fr.One;
                Assert.False(inputRows.Hold(altered, witness.Aux), $"input {i}");
            }
        }
    }

    /// <summary>No variable of the whole circuit can take another value on its own.</summary>
    [Fact]
    public void Evaluate_TrueWitness_BindsEveryVariable()
    {
        var (statement, proofs) = Prove(PostVector.All.First(vector => vector.Sectors.Length == 3));
        var witness = PostPartitionWitness.Of(statement, proofs, 0);

        new Alterations(new PostCircuit(statement.Config, witness)).AssertAllBound();
    }

    [Theory]
    [InlineData("leaf")]
    [InlineData("sibling")]
    [InlineData("place")]
    [InlineData("CommC")]
    [InlineData("CommRLast")]
    [InlineData("CommR")]
    [InlineData("sector")]
    public void Evaluate_AlteredWitness_IsUnsatisfied(string what)
    {
        var (statement, proofs) = Prove(PostVector.All.First(vector => vector.Sectors.Length == 3));
        var witness = PostPartitionWitness.Of(statement, proofs, 0);
        var first = witness.Sectors[0];
        var changed = what switch
        {
            "leaf" => With(
                first, new MerkleProof(Opened(first).Root, Inc(Opened(first).Leaf), Opened(first).BasePath)),
            "sibling" => With(first, Step(first, step => new PathElement(step.Index, Inc(step.Siblings)))),
            "place" => With(first, Step(first, step => new PathElement((step.Index + 1) % 8, step.Siblings))),
            "CommC" => first with { CommC = Inc(first.CommC) },
            "CommRLast" => first with { CommRLast = Inc(first.CommRLast) },
            "CommR" => first with { Sector = first.Sector with { CommR = Inc(first.Sector.CommR) } },
            _ => first with { Inclusions = witness.Sectors[1].Inclusions },
        };

        var evaluated = Evaluate(statement, new PostPartitionWitness([changed, witness.Sectors[1]]));

        Assert.NotEqual(-1, evaluated.FirstUnsatisfiedRow());
        Assert.Equal(-1, Evaluate(statement, witness).FirstUnsatisfiedRow());
    }

    /// <summary>Sub and top trees: shapes that no vector proves.</summary>
    [Theory]
    [InlineData("4KiB")]
    [InlineData("16KiB")]
    [InlineData("32KiB")]
    public void Evaluate_ShapeWithUpperTrees_IsSatisfied(string seal) => AssertProvable(seal);

    /// <summary>Two rows of tree-r-last that lie in no file, as of every larger sector.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Evaluate_ShapeWithTwoRowsDiscarded_IsSatisfied() => AssertProvable("8MiB-6");

    /// <summary>Sizes that no test seals; a production Window's are those of its Winning, 2,349 times over.</summary>
    [Theory]
    [InlineData(PostKind.Window, "16MiB")]
    [InlineData(PostKind.Window, "512MiB")]
    [InlineData(PostKind.Window, "1GiB")]
    [InlineData(PostKind.Winning, "16MiB")]
    [InlineData(PostKind.Winning, "512MiB")]
    [InlineData(PostKind.Winning, "1GiB")]
    [InlineData(PostKind.Winning, "32GiB")]
    [InlineData(PostKind.Winning, "64GiB")]
    public void Evaluate_SparseSector_SatisfiesUnlessItIsAltered(PostKind kind, string shape)
    {
        var statement = SparsePost.Prove(Config(kind, shape), out var proof);
        var witness = Evaluate(statement, PostPartitionWitness.Of(statement, [proof], 0));

        Assert.Equal(-1, witness.FirstUnsatisfiedRow());
        Assert.Equal([Fr.One, .. statement.PublicInputs(0)], witness.Inputs);
        foreach (var altered in new[]
        {
            proof with { CommC = Inc(proof.CommC) },
            proof with { CommRLast = Inc(proof.CommRLast) },
            With(proof, Step(proof, step => new PathElement(step.Index ^ 1, step.Siblings))),
            With(proof, Step(proof, step => new PathElement(step.Index, Inc(step.Siblings)))),
        })
        {
            var other = Evaluate(statement, PostPartitionWitness.Of(statement, [altered], 0));
            Assert.NotEqual(-1, other.FirstUnsatisfiedRow());
        }
    }

    [Fact]
    public void Circuit_WitnessOfAnotherShape_IsRefused()
    {
        var (statement, proofs) = Prove(PostVector.All.First(vector => vector.Sectors.Length == 3));
        var witness = PostPartitionWitness.Of(statement, proofs, 0);

        Assert.Throws<ArgumentException>(
            () => new PostCircuit(statement.Config, new PostPartitionWitness([.. witness.Sectors.Take(1)])));
        Assert.Throws<ArgumentException>(
            () => new PostCircuit(Config(PostKind.Winning, "2KiB"), witness));
        Assert.Throws<ArgumentException>(() => PostPartitionWitness.Of(statement, [.. proofs.Take(2)], 0));
        Assert.Throws<InvalidOperationException>(
            () => WitnessSystem.Evaluate(new PostCircuit(statement.Config)));
    }

    private static void AssertProvable(string seal)
    {
        using var sectors = new PostSectors(seal);
        foreach (var kind in Enum.GetValues<PostKind>())
        {
            var config = PostConfig.Create(Vectors.Seal(seal).Config.Shape, kind, ApiVersion.V1_1);
            var result = PostVanillaPhase.Run(config, default, sectors.Replicas(), new SealOptions(), null, default);
            Assert.Empty(result.Faulty);
            var witness = Evaluate(result.Statement!, PostPartitionWitness.Of(result.Statement!, result.Proofs, 0));

            Assert.Equal(-1, witness.FirstUnsatisfiedRow());
            Assert.Equal([Fr.One, .. result.Statement!.PublicInputs(0)], witness.Inputs);
        }
    }

    private static PostConfig Config(PostKind kind, string shape) =>
        PostConfig.Create(SectorShape.Parse(shape), kind, ApiVersion.V1_1);

    private static CircuitWitness Evaluate(PostStatement statement, PostPartitionWitness witness) =>
        WitnessSystem.Evaluate(new PostCircuit(statement.Config, witness));

    private static (PostStatement Statement, IReadOnlyList<PostVanillaProof> Proofs) Prove(PostVector vector)
    {
        using var sectors = new PostSectors(vector.Seals);
        var result = PostVanillaPhase.Run(
            vector.Config, vector.Randomness, sectors.Replicas(vector.Sectors), new SealOptions(), null, default);
        return (result.Statement!, result.Proofs);
    }

    private static MerkleProof Opened(PostVanillaProof proof) => proof.Inclusions[0];

    private static PostVanillaProof With(PostVanillaProof proof, MerkleProof first) =>
        proof with { Inclusions = [first, .. proof.Inclusions.Skip(1)] };

    private static MerkleProof Step(PostVanillaProof proof, Func<PathElement, PathElement> change) => new(
        Opened(proof).Root,
        Opened(proof).Leaf,
        [change(Opened(proof).BasePath[0]), .. Opened(proof).BasePath.Skip(1)],
        Opened(proof).SubPath,
        Opened(proof).TopPath);

    private static byte[] Inc(ReadOnlyMemory<byte> node)
    {
        var bytes = node.ToArray();
        bytes[0] ^= 1;
        return bytes;
    }

    private static Bytes32 Inc(Bytes32 node) => new(Inc(node.ToArray()));
}
