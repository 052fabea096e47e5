using System.Security.Cryptography;
using Federation.Proofs;
using Federation.Proto.Records;

namespace Federation.Worker.Tests.Tasks;

/// <summary>C2, which reads what C1 left in the region.</summary>
public sealed partial class PhaseExecutorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_Commit2_ReadsCommit1AndLeavesItsProofBesideIt(bool isDevnet)
    {
        await SealThroughCommit1Async();
        var prover = new CannedProver([.. Enumerable.Range(0, 192).Select(static i => (byte)i)]);
        var task = Task("C2");
        (task.Spec.ProofKind, task.Spec.Devnet) = ("groth16", isDevnet);

        var result = await RunAndPublishAsync(task, prover);

        var handover = _storage.Paths(Sector).Handover;
        var proof = await File.ReadAllBytesAsync(Path.Combine(handover, "c2.proof"));
        Assert.Equal(Enumerable.Range(0, 192).Select(static i => (byte)i), proof);
        Assert.Equal(
            (Convert.ToHexStringLower(SHA256.HashData(proof)), 192UL), (result.ProofSha256, result.ProofBytes));
        Assert.Equal(Path.Combine(handover, "c1.json"), prover.Asked!.Commit1OutputPath);
        Assert.True(File.Exists(prover.Asked.Commit1OutputPath));
        Assert.Equal(Bytes32.FromHex(Seed), prover.Asked.Seed);
        Assert.Equal(isDevnet, prover.Asked.Policy.AllowTestParameters);
        Assert.True((await RunAsync(Task("FIN"))).Ok);
        Assert.False(Directory.Exists(handover));
    }

    [Fact]
    public async Task RunAsync_Commit2WithoutParameters_IsTemporaryAndNamesTheFile()
    {
        await SealThroughCommit1Async();
        await AssertFailsAsync(Task("C2"), FailureKind.Temporary, "is missing: " + _folder.In("params"));
        await AssertFailsAsync(Task("C2"), FailureKind.Temporary, "FIL_PROOFS_PARAMETER_CACHE");
    }

    [Fact]
    public Task RunAsync_Commit2WithoutCommit1_IsInvalidInput() =>
        AssertFailsAsync(Task("C2"), FailureKind.InvalidInput, "c1.json is missing");

    [Fact]
    public async Task RunAsync_Commit2OfAnotherSeed_IsInvalidInput()
    {
        await SealThroughCommit1Async();
        var task = Task("C2");
        task.Seed = new string('4', 64);
        await AssertFailsAsync(task, FailureKind.InvalidInput, "of another epoch's seed");
    }
}
