using Federation.Proofs.Circuits;
using Federation.Proofs.Commit1;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Tests.Circuits.Post;
using Federation.Proofs.Tests.Constraints;
using Federation.Proofs.Tests.Verification;
using Federation.Proofs.Trees;

namespace Federation.Proofs.Tests.Circuits;

public sealed class StackedDrgCircuitTests
{
    public static TheoryData<string> Sizes => [.. SectorShape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Count_EveryShape_IsTheReferences(string size) =>
        Assert.Equal(CircuitVector.Of("porep", size).Size, CountingSystem.Count(Circuit(size)));

    [Theory]
    [InlineData("2KiB")]
    [InlineData("32KiB")]
    [Trait("Category", "Slow")]
    public void Digest_ShapeWithVector_IsTheReferences(string size)
    {
        var expected = CircuitVector.Of("porep", size);

        var digest = CircuitDigest.Compute(Circuit(size));

        Assert.Equal(expected.Running, digest.Running);
        Assert.Equal(expected.Sha256, digest.Sha256);
        Assert.Equal(expected.Size, digest.Size);
    }

    [Fact]
    public void Evaluate_ReferencesSector_IsSatisfiedUnlessAnInputIsAltered()
    {
        var (vector, sector) = ReferenceSector();
        var circuit = new StackedDrgCircuit(vector.Config.Shape, sector);

        var witness = WitnessSystem.Evaluate(circuit);

        Assert.Equal(-1, witness.FirstUnsatisfiedRow());
        Assert.Equal([Fr.One, .. PoRepPublicInputs.Of(vector.Config, vector.Inputs)[0]], witness.Inputs);
        var inputRows = InputRows.Of(circuit);
        Assert.True(inputRows.Hold(witness.Inputs, witness.Aux));
        for (var i = 0; i < witness.Inputs.Length; i++)
        {
            Fr[] altered = [.. witness.Inputs];
            altered[i] += Fr.One;
            Assert.False(inputRows.Hold(altered, witness.Aux), $"input {i}");
        }
    }

    /// <summary>No input, and of a thirteenth of the other variables none, can take another value on its own.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Evaluate_ReferencesSector_BindsItsVariables()
    {
        var (vector, sector) = ReferenceSector();

        new Alterations(new StackedDrgCircuit(vector.Config.Shape, sector), step: 13).AssertAllBound();
    }

    /// <summary>Each part of a sector's witness, altered in the second challenge, and where it shows.</summary>
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("replica id", "challenge 0/comm_r_last data inclusion")]
    [InlineData("CommD", "challenge 0/comm_d inclusion")]
    [InlineData("CommR", "")]
    [InlineData("data", "challenge 1/comm_d inclusion")]
    [InlineData("data sibling", "challenge 1/comm_d inclusion")]
    [InlineData("data place", "challenge 1/comm_d inclusion")]
    [InlineData("base parent", "challenge 1/drg parent inclusion 5")]
    [InlineData("expander parent", "challenge 1/exp parent inclusion 7")]
    [InlineData("expander sibling", "challenge 1/exp parent inclusion 7")]
    [InlineData("challenge", "challenge 1/comm_r_last data inclusion")]
    [InlineData("replica sibling", "challenge 1/comm_r_last data inclusion")]
    [InlineData("column sibling", "challenge 1/c_x inclusion")]
    public void FirstUnsatisfied_AlteredWitness_IsWhereItIsAltered(string what, string place)
    {
        var (vector, sector) = ReferenceSector();

        var found = CheckingSystem.FirstUnsatisfied(new StackedDrgCircuit(vector.Config.Shape, Alter(sector, what)));

        Assert.Equal(place, found?.Path);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("4KiB")]
    [InlineData("16KiB")]
    [InlineData("32KiB")]
    public void FirstUnsatisfied_SealedSector_IsNone(string seal)
    {
        var vector = Vectors.Seal(seal);
        using var sealedSector = new SealedSector(vector.Config, vector.Inputs, vector.Data());
        var (output, _) = sealedSector.Commit1(Commit1Form.Raw);

        var witness = Witness(vector.Config, sealedSector.Inputs, output);

        Assert.Null(CheckingSystem.FirstUnsatisfied(new StackedDrgCircuit(vector.Config.Shape, witness)));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("8MiB", (1u << 18) - 1)]
    [InlineData("16MiB", 345_678)]
    [InlineData("512MiB", (1u << 24) - 1)]
    [InlineData("1GiB", 23_456_789)]
    public void FirstUnsatisfied_SparseSector_IsNone(string size, uint challenge)
    {
        var config = SealConfig.Create(
            SectorShape.Parse(size).SectorSize, PoRepId, ApiVersion.V1_1, PoRepFeature.Interactive);
        var (inputs, proof) = SparseSector.Prove(config, challenge);
        var witness = new PartitionWitness(inputs.ReplicaId(config), inputs.CommD, inputs.CommR, [proof, proof]);

        Assert.Null(CheckingSystem.FirstUnsatisfied(new StackedDrgCircuit(config.Shape, witness)));
    }

    /// <summary>One challenge of eleven layers and all levels of trees; the circuit states eighteen alike.</summary>
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("32GiB", (1u << 30) - 1)]
    [InlineData("64GiB", (1u << 31) - 1)]
    public void FirstUnsatisfied_ChallengeOfProductionSector_IsNone(string size, uint challenge)
    {
        var config = SealConfig.Create(
            SectorShape.Parse(size).SectorSize, PoRepId, ApiVersion.V1_1, PoRepFeature.Interactive);
        var (inputs, proof) = SparseSector.Prove(config, challenge);

        Assert.Null(CheckingSystem.FirstUnsatisfied(new LambdaCircuit(system =>
        {
            var replicaId = new Bit[256];
            system.ToMessage(system.AllocateNode(inputs.ReplicaId(config).AsSpan()), replicaId);
            var roots = new SectorRoots(
                system.AllocateNode(inputs.CommD.AsSpan()),
                system.AllocateNode(proof.Column.Inclusion.Root.Span),
                system.AllocateNode(proof.CommRLastProof.Root.Span));
            new ChallengeGadget(system, config.Shape, replicaId, roots).Require(proof);
        })));
    }

    [Fact]
    public void Circuit_WitnessOfAnotherShape_IsRefused()
    {
        var (vector, sector) = ReferenceSector();
        var shape = vector.Config.Shape;

        Assert.Throws<ArgumentException>(
            () => new StackedDrgCircuit(shape, sector with { Proofs = [sector.Proofs[0]] }));
        Assert.Throws<ArgumentException>(
            () => CheckingSystem.FirstUnsatisfied(new StackedDrgCircuit(SectorShape.Parse("4KiB"), sector)));
        Assert.Throws<InvalidOperationException>(
            () => CheckingSystem.FirstUnsatisfied(new StackedDrgCircuit(shape)));
    }

    private static Bytes32 PoRepId => new(Enumerable.Repeat((byte)128, 32).ToArray());

    private static (SealVector Vector, PartitionWitness Witness) ReferenceSector()
    {
        var vector = Vectors.Seal("2KiB-5");
        return (vector, Witness(vector.Config, vector.Inputs, Vectors.Read("seals/c1-2KiB-5.json")));
    }

    private static PartitionWitness Witness(SealConfig config, SealPublicInputs inputs, byte[] commit1Output)
    {
        var reader = new Commit1Reader(new MemoryStream(commit1Output), config);
        VanillaProof[] proofs =
            [.. Enumerable.Range(0, config.Shape.ChallengesPerPartition).Select(_ => reader.ReadProof())];
        return new PartitionWitness(inputs.ReplicaId(config), inputs.CommD, inputs.CommR, proofs);
    }

    private static PartitionWitness Alter(PartitionWitness witness, string what)
    {
        var proof = witness.Proofs[1];
        var (data, replica, column) = (proof.CommDProof, proof.CommRLastProof, proof.Column);
        return what switch
        {
            "replica id" => witness with { ReplicaId = Alter(witness.ReplicaId) },
            "CommD" => witness with { CommD = Alter(witness.CommD) },
            "CommR" => witness with { CommR = Alter(witness.CommR) },
            "data" => With(proof with { CommDProof = new(data.Root, Alter(data.Leaf), data.BasePath) }),
            "data sibling" => With(proof with { CommDProof = Alter(data) }),
            "data place" => With(proof with { CommDProof = Moved(data) }),
            "base parent" => With(
                proof with { DrgParents = [.. proof.DrgParents.SkipLast(1), Alter(proof.DrgParents[^1])] }),
            "expander parent" => With(
                proof with { ExpParents = [.. proof.ExpParents.SkipLast(1), Alter(proof.ExpParents[^1])] }),
            "expander sibling" => With(
                proof with
                {
                    ExpParents = [.. proof.ExpParents.SkipLast(1), WithAlteredPath(proof.ExpParents[^1])],
                }),
            "challenge" => With(proof with { Column = column with { Index = column.Index ^ 1 } }),
            "replica sibling" => With(proof with { CommRLastProof = Alter(replica) }),
            _ => With(proof with { Column = WithAlteredPath(column) }),
        };

        PartitionWitness With(VanillaProof altered) => witness with { Proofs = [witness.Proofs[0], altered] };
    }

    private static ColumnProof Alter(ColumnProof column) => column with { Rows = Alter(column.Rows) };

    private static ColumnProof WithAlteredPath(ColumnProof column) =>
        column with { Inclusion = Alter(column.Inclusion) };

    private static MerkleProof Alter(MerkleProof proof)
    {
        var first = proof.BasePath[0];
        return new(
            proof.Root, proof.Leaf, [new(first.Index, Alter(first.Siblings)), .. proof.BasePath.Skip(1)]);
    }

    private static MerkleProof Moved(MerkleProof proof)
    {
        var first = proof.BasePath[0];
        return new(proof.Root, proof.Leaf, [new(1 - first.Index, first.Siblings), .. proof.BasePath.Skip(1)]);
    }

    private static Bytes32 Alter(Bytes32 value) => new(Alter(value.ToArray()).Span);

    private static ReadOnlyMemory<byte> Alter(ReadOnlyMemory<byte> nodes)
    {
        var altered = nodes.ToArray();
        altered[0] ^= 1;
        return altered;
    }

    private static StackedDrgCircuit Circuit(string size) => new(SectorShape.Parse(size));
}
