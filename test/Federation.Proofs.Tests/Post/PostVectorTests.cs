using System.Security.Cryptography;
using Federation.Proofs.Post;
using Federation.Proofs.Verification;

namespace Federation.Proofs.Tests.Post;

/// <summary>Equality with the reference's proofs of spacetime, up to the vanilla proofs' bytes.</summary>
public sealed class PostVectorTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, PostVector.All.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Statement_OfVector_HasItsChallengesAndPublicInputs(int number)
    {
        var vector = PostVector.All[number];
        var statement = new PostStatement(vector.Config, vector.Randomness, vector.Sectors.Reverse());

        Assert.Equal(vector.Challenges, vector.Sectors.Select((_, position) => statement.ChallengesOf(position)));
        Assert.Equal(
            vector.PublicInputs,
            Enumerable.Range(0, statement.Partitions).Select(
                partition => statement.PublicInputs(partition).Select(
                    input => Convert.ToHexStringLower(input.ToBytes())).ToArray()));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Run_OfVector_MakesItsVanillaProofs(int number)
    {
        var vector = PostVector.All[number];
        using var sectors = new PostSectors(vector.Seals);

        var result = PostVanillaPhase.Run(
            vector.Config, vector.Randomness, sectors.Replicas(vector.Sectors), new SealOptions(), null, default);

        Assert.Empty(result.Faulty);
        Assert.Equal(
            vector.BincodeDigests,
            result.Proofs.Select(proof => Convert.ToHexStringLower(PostProofBincode.Digest(proof))));
        Assert.Equal(vector.JsonDigests, result.Proofs.Select(JsonDigest));
        Assert.Equal(VerificationResult.Accepted, PostProofVerifier.Verify(vector.Statement, result.Proofs));
    }

    [Fact]
    public void WinningSector_SetsOfOneToTen_IsTheReferences()
    {
        var vector = PostVector.All.Single(vector => vector.Config.Kind == PostKind.Winning);

        Assert.Equal(
            vector.SectorChallenges,
            Enumerable.Range(1, 10).Select(
                size => PostChallenges.WinningSector(vector.ProverId, vector.Randomness, size)));
    }

    private static string JsonDigest(PostVanillaProof proof)
    {
        using var json = new MemoryStream();
        PostProofJson.Write(json, proof);
        return Convert.ToHexStringLower(SHA256.HashData(json.ToArray()));
    }
}
