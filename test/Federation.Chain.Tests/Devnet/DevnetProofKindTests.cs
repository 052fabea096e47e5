using System.Text.Json;
using System.Text.Json.Nodes;
using Federation.Chain.Devnet;
using Federation.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Chain.Tests.Devnet;

/// <summary>What a devnet takes as proofs is fixed when it is made.</summary>
public sealed class DevnetProofKindTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("devnet-kind").FullName;
    private readonly ManualTime _time = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ProofKind.Vanilla, ProofKind.Groth16)]
    [InlineData(ProofKind.Groth16, ProofKind.Vanilla)]
    public async Task Open_MadeForOneKindAndOpenedForTheOther_KeepsItsOwn(ProofKind made, ProofKind asked)
    {
        await Open(made).DisposeAsync();
        await using var chain = Open(asked);
        Assert.Equal(made, chain.Parameters.Proofs);
        Assert.True(chain.Parameters.AllowsTestParameters);
    }

    [Theory]
    [InlineData(ProofKind.Vanilla, "vanilla", "groth16")]
    [InlineData(ProofKind.Groth16, "groth16", "vanilla")]
    public void Check_Commit_TakesOneKindAlone(ProofKind kind, string taken, string refused)
    {
        var options = new DevnetOptions { Proofs = kind };
        var sector = DevnetSector.None with { PreCommitEpoch = 10 };

        Assert.Equal(ExitCode.Ok, Check(taken).ExitCode);
        Assert.Equal(
            (ExitCode.IllegalArgument, (string?)$"this network takes {taken} proofs, not '{refused}'"),
            (Check(refused).ExitCode, Check(refused).Error));
        Assert.Equal(ExitCode.IllegalArgument, Check("").ExitCode);

        Verdict Check(string proofKind) => DevnetRules.Check(
            new ProveCommitMessage(options.Miner, 7, 1, proofKind, new string('a', 64)), sector,
            10 + options.SeedDelay + 1, options);
    }

    [Fact]
    public void Genesis_OfBeforeThereWasAChoice_IsVanilla()
    {
        DevnetRecord genesis = new GenesisRecord(
            GenesisRecord.CurrentVersion, new byte[32], 0, new DevnetOptions { Proofs = ProofKind.Groth16 });
        var json = JsonNode.Parse(JsonSerializer.Serialize(genesis))!;
        Assert.Equal("Groth16", json["Options"]!["Proofs"]!.GetValue<string>());
        json["Options"]!.AsObject().Remove("Proofs");

        var read = Assert.IsType<GenesisRecord>(JsonSerializer.Deserialize<DevnetRecord>(json.ToJsonString()));

        Assert.Equal(ProofKind.Vanilla, read.Options.Proofs);
    }

    private DevnetChain Open(ProofKind kind) => DevnetChain.Open(
        _folder, new DevnetOptions { Proofs = kind }, new NoVerifier(), _time, NullLogger.Instance);

    private sealed class NoVerifier : IProofVerifier
    {
        public ValueTask<string?> RefusalAsync(ProofStatement statement, CancellationToken cancellationToken) =>
            throw new NotSupportedException("no proof is pushed here");
    }
}
