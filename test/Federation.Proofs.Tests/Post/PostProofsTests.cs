using Federation.Proofs.Circuits;
using Federation.Proofs.Groth16;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;
using Federation.Proofs.Tests.Groth16;

namespace Federation.Proofs.Tests.Post;

/// <summary>The reference's proofs of spacetime hold for what they are about, and for nothing else.</summary>
public sealed class PostProofsTests
{
    private static readonly Groth16Verifier Window = new(ProofVector.Key("window-2KiB"));

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, PostVector.All.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void TryVerify_ReferencesProof_Holds(int number)
    {
        var vector = PostVector.All[number];
        var circuit = PostProofs.CircuitOf(vector.Config);
        var verifier = new Groth16Verifier(ProofVector.Key($"{circuit.KindName}-{circuit.Shape}"));

        Assert.True(PostProofs.TryVerify(vector.Statement, vector.Proofs, verifier, out var reason), reason);
    }

    [Fact]
    public void TryVerify_OtherStatementOrProof_IsRefusedWithItsReason()
    {
        var vector = PostVector.All.First(vector => vector.Statement.Partitions == 2);
        var other = PostConfig.Create(
            vector.Config.Shape,
            PostKind.Window,
            vector.Config.ApiVersion == ApiVersion.V1_2 ? ApiVersion.V1_1 : ApiVersion.V1_2);
        var first = vector.Sectors[0];

        AssertRefused(
            "another version", "not all proofs hold", new(other, vector.Randomness, vector.Sectors), vector.Proofs);
        AssertRefused(
            "another randomness", "not all proofs hold", new(vector.Config, default, vector.Sectors), vector.Proofs);
        AssertRefused(
            "another number",
            "not all proofs hold",
            new(vector.Config, vector.Randomness, [first with { Number = 7 }, .. vector.Sectors[1..]]),
            vector.Proofs);
        AssertRefused(
            "another CommR",
            "not all proofs hold",
            new(vector.Config, vector.Randomness, [first with { CommR = default }, .. vector.Sectors[1..]]),
            vector.Proofs);
        AssertRefused(
            "partitions in another order",
            "not all proofs hold",
            vector.Statement,
            [.. vector.Proofs[Groth16Proof.SizeBytes..], .. vector.Proofs[..Groth16Proof.SizeBytes]]);
        AssertRefused(
            "one partition", "one proof has 192 bytes", new(vector.Config, vector.Randomness, [first]), vector.Proofs);
        AssertRefused("cut", "2 proofs have 384 bytes, not 383", vector.Statement, vector.Proofs[..^1]);
        AssertRefused("no proof", "2 proofs have 384 bytes, not 0", vector.Statement, []);
    }

    /// <summary>Two partitions, the last one filled up; then a sector whose opened leaves are another's.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Prove_TwoPartitions_MakesProofsThatHoldAndNoneOfWhatIsFalse()
    {
        using var folder = new TempFolder();
        var vector = PostVector.All.First(vector => vector.Statement.Partitions == 2);
        var circuit = PostProofs.CircuitOf(vector.Config);
        ParameterGenerator.Generate(circuit, CircuitDescriptions.Of(circuit), folder.Path, 2, null, default);
        using var parameters = MappedParameters.Open(
            new ParameterCache(folder.Path), circuit, ParameterPolicy.Devnet, default);
        using var sectors = new PostSectors(vector.Seals);
        var vanilla = PostVanillaPhase.Run(
            vector.Config,
            vector.Randomness,
            sectors.Replicas(vector.Sectors),
            new SealOptions(),
            null,
            default).Proofs;

        var proofs = Prove(vector.Statement, vanilla);

        Assert.Equal(2 * Groth16Proof.SizeBytes, proofs.Length);
        var verifier = new Groth16Verifier(parameters.Key);
        Assert.True(PostProofs.TryVerify(vector.Statement, proofs, verifier, out var reason), reason);
        var one = new PostStatement(vector.Config, vector.Randomness, vector.Sectors[..1]);
        Assert.Throws<InvalidDataException>(() => Prove(one, [vanilla[1]]));
        Assert.Throws<UnprovableException>(() => Prove(one, [vanilla[0] with { CommC = vanilla[1].CommC }]));
        Assert.Throws<ArgumentException>(() => Prove(vector.Statement, [vanilla[0]]));
        Assert.ThrowsAny<OperationCanceledException>(
            () => Prove(vector.Statement, vanilla, new CancellationToken(canceled: true)));

        byte[] Prove(
            PostStatement about,
            IReadOnlyList<PostVanillaProof> of,
            CancellationToken cancellationToken = default) =>
            PostProofs.Prove(about, of, parameters, new SealOptions(), null, cancellationToken);
    }

    private static void AssertRefused(string what, string expected, PostStatement statement, byte[] proofs)
    {
        Assert.False(PostProofs.TryVerify(statement, proofs, Window, out var reason), what);
        Assert.Contains(expected, reason);
    }
}
