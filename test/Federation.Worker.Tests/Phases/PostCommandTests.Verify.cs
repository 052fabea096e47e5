using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Tests.Phases;

// Verification, from CommRs and a verifying key.
public sealed partial class PostCommandTests
{
    /// <summary>From CommRs alone: no sector lies anywhere.</summary>
    [Fact]
    public async Task WdpVerify_ReferencesProof_ExitsWithZeroOnlyWhenItHolds()
    {
        var proof = ReferencesProof(0);
        Directory.CreateDirectory(Path.Combine(_folder, "params"));
        var circuit = new CircuitId(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));
        File.Copy(Golden("groth16/window-2KiB.vk"), Path.Combine(_folder, "params", circuit.VerifyingKeyName));
        WriteSectors($$"""{"Sector":1,"CommR":"{{CommR5}}"}""");
        const string verify = $"wdp {Common} --params-dir @params --randomness {WindowOfOne} --verify --proof";

        var (code, output, error) = await RunAsync($"{verify} {proof}");
        Assert.Equal(
            (0, $"TestParameters: {Path.Combine(_folder, "params", circuit.VerifyingKeyName)}\n"), (code, error));
        var report = JsonDocument.Parse(output).RootElement;
        Assert.True(report.GetProperty("Valid").GetBoolean());
        Assert.Equal("TestParameters", report.GetProperty("Parameters").GetString());
        Assert.Equal(
            "[35,36,12,28,30,54,46,19,53,42]",
            report.GetProperty("Sectors")[0].GetProperty("Challenges").GetRawText());

        // Another sign of A, another CommR, a proof too many.
        await AssertInvalidAsync($"{verify} {Convert.ToHexStringLower([(byte)0x91])}{proof[2..]}", "does not hold");
        await AssertInvalidAsync($"{verify} {proof}{proof}", "one proof has 192 bytes, not 384");
        WriteSectors($$"""{"Sector":1,"CommR":"{{CommR0}}"}""");
        await AssertInvalidAsync($"{verify} {proof}", "does not hold");

        Assert.Contains("--proof is malformed", await FailAsync($"{verify} b1z5"));
        Assert.Contains("--proof is missing", await FailAsync(verify[..^" --proof".Length]));
        Assert.Contains(
            "--verify is missing",
            await FailAsync($"{verify[..^" --verify --proof".Length]} --proof {proof}"));
    }

    [Fact]
    public async Task WnpVerify_NoKey_NamesTheFileThatIsMissing()
    {
        WriteSectors($$"""{"Sector":1,"CommR":"{{CommR5}}"}""");

        var error = await FailAsync($"wnp {Winning} --verify --proof 00 --params-dir @none");

        Assert.Contains(
            Path.Combine(
                _folder,
                "none",
                "v28-proof-of-spacetime-fallback-merkletree-poseidon_hasher-8-0-0-"
                    + "3ea05428c9d11689f23529cde32fd30aabd50f7d2c93657c1d3650bca3e8ea9e.vk"),
            error);
    }

    private async Task AssertInvalidAsync(string arguments, string reason)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.False(JsonDocument.Parse(output).RootElement.GetProperty("Valid").GetBoolean());
        Assert.Contains(reason, JsonDocument.Parse(output).RootElement.GetProperty("Detail").GetString());
        Assert.Contains("the proof is refused: ", error);
    }

    private static string ReferencesProof(int number)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Golden("post/post.json")));
        return document.RootElement[number].GetProperty("partitions")[0].GetProperty("proof").GetString()!;
    }
}
