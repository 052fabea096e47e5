using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Circuits;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.Phases;

/// <summary><c>worker phase wdp|wnp</c> over sectors sealed here; values of the reference's post.json.</summary>
public sealed partial class PostCommandTests : IDisposable
{
    private const string CommR0 = "22d3fdd2718455e8dbd90ebaa61b08ffd4cf5a04a21c76f13ae93cb34cb50f0f";
    private const string CommR5 = "aeace3038d6b60c4ff75e528e9a982ad188c91c5b44143af51272c1ca89b9d0a";
    private const string Common = "--sector-size 2KiB --miner t01000 --sectors @sectors";
    private const string Window =
        $"{Common} --randomness 88358ff5271d88d239937f7d09d213bef809c39323578572fe488510d302411a";
    private const string WindowOfOne = "aa5bfe7eaa3cbd20538cbdfe8c5262833a5c058d73363ccc262b09f2175d7304";
    private const string Winning =
        $"{Common} --randomness 732565aac16b6367a00548c586ac0fdf66a872d5921038d1507ff4d61edd4814";

    private readonly string _folder = Directory.CreateTempSubdirectory("federation-post-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--api-version 1.1", "[45,62,14,54,62,33,14,33,28,58]")]
    [InlineData("", "[45,62,14,54,62,33,14,33,28,58]")]
    [InlineData("--api-version 5", "[45,62,14,54,62,33,14,33,28,58]")]
    [InlineData("--api-version 1.2", "[19,23,2,25,56,8,11,63,25,46]")]
    [InlineData("--api-version 10", "[19,23,2,25,56,8,11,63,25,46]")]
    public async Task Wdp_ReferencesSectors_PrintsItsChallenges(string version, string second)
    {
        await SealBothAsync();

        var report = await SucceedAsync($"wdp {Window} --vanilla {version}".TrimEnd());

        var sectors = report.GetProperty("Sectors").EnumerateArray().ToArray();
        Assert.Equal([0, 1], sectors.Select(sector => sector.GetProperty("Sector").GetInt32()));
        Assert.Equal([0, 0], sectors.Select(sector => sector.GetProperty("Partition").GetInt32()));
        Assert.Equal("[3,7,8,50,10,47,33,8,49,20]", sectors[0].GetProperty("Challenges").GetRawText());
        Assert.Equal(second, sectors[1].GetProperty("Challenges").GetRawText());
        if (second.StartsWith("[45", StringComparison.Ordinal))
        {
            Assert.Equal(
                "e5df111c87bfed23a9db75a26f4e50f05d3b2e0f34163b3ea7d6b00325d9d83b",
                sectors[1].GetProperty("VanillaSHA256").GetString());
        }

        Assert.Empty(report.GetProperty("Faulty").EnumerateArray());
    }

    [Fact]
    public async Task Wdp_FaultySector_IsNamedAndTheOthersAreProved()
    {
        await SealBothAsync();
        File.Delete(Path.Combine(_folder, "0", "sealed"));

        var report = await SucceedAsync($"wdp {Window} --vanilla");

        var faulty = Assert.Single(report.GetProperty("Faulty").EnumerateArray());
        Assert.Equal(0, faulty.GetProperty("Sector").GetInt32());
        Assert.Contains("is missing", faulty.GetProperty("Reason").GetString());
        Assert.Equal(
            1, Assert.Single(report.GetProperty("Sectors").EnumerateArray()).GetProperty("Sector").GetInt32());

        File.Delete(Path.Combine(_folder, "5", "sealed"));
        var (code, output, error) = await RunAsync($"wdp {Window} --vanilla");
        Assert.Equal(1, code);
        Assert.Equal(
            [0, 1],
            JsonDocument.Parse(output).RootElement.GetProperty("Faulty").EnumerateArray().Select(
                sector => sector.GetProperty("Sector").GetInt32()));
        Assert.Contains("all are faulty", error);
    }

    /// <summary>Of a set of three the randomness draws the one at place 1.</summary>
    [Fact]
    public async Task Wnp_EligibleSet_ProvesTheDrawnSector()
    {
        await SealAsync("5", "--proof-type 5 --miner t01000 --sector 1");
        WriteSectors(
            $$"""{"Sector":9,"CommR":"{{CommR0}}"}""",
            Sector(1, CommR5, "5"),
            $$"""{"Sector":8,"CommR":"{{CommR0}}"}""");

        var report = await SucceedAsync($"wnp {Winning} --vanilla");

        Assert.Equal(1, report.GetProperty("SectorIndex").GetInt32());
        var sector = Assert.Single(report.GetProperty("Sectors").EnumerateArray());
        Assert.Equal(1, sector.GetProperty("Sector").GetInt32());
        Assert.Equal(66, sector.GetProperty("Challenges").GetArrayLength());
        Assert.Equal(
            "41a8f054232827bff4f8004c1d877ff2ff7b35ca8d6a503dadb86308e95f0af1",
            sector.GetProperty("VanillaSHA256").GetString());
    }

    /// <summary>What is proved with parameters made here is verified by another run, from CommRs alone.</summary>
    [Fact]
    public async Task Wdp_ParametersAtHand_MakesProofsThatVerify()
    {
        await SealBothAsync();
        var circuit = new CircuitId(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));
        var folder = Path.Combine(_folder, "params");
        ParameterGenerator.Generate(circuit, CircuitDescriptions.Of(circuit), folder, 2, null, default);

        var (code, output, error) = await RunAsync($"wdp {Window} --params-dir @params");
        Assert.Equal((0, $"TestParameters: {Path.Combine(folder, circuit.ParametersName)}\n"), (code, error));
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal("TestParameters", report.GetProperty("Parameters").GetString());
        var proof = Assert.Single(report.GetProperty("Proofs").EnumerateArray()).GetString()!;

        WriteSectors(
            $$"""{"Sector":1,"CommR":"{{CommR5}}"}""", $$"""{"Sector":0,"CommR":"{{CommR0}}"}""");
        (code, output, _) = await RunAsync($"wdp {Window} --params-dir @params --verify --proof {proof}");
        Assert.Equal(0, code);
        Assert.True(JsonDocument.Parse(output).RootElement.GetProperty("Valid").GetBoolean());
        await AssertInvalidAsync(
            $"wdp {Window} --api-version 1.2 --params-dir @params --verify --proof {proof}", "does not hold");
    }

    /// <summary>
    /// The file is named once, before the sectors are opened; faulty ones and challenges are told all the same.
    /// </summary>
    [Fact]
    public async Task Wdp_NoParameters_PrintsVanillaProofsAndNamesTheMissingFile()
    {
        await SealBothAsync();
        File.Delete(Path.Combine(_folder, "0", "sealed"));

        var (code, output, error) = await RunAsync($"wdp {Window} --params-dir @none");

        Assert.Equal(1, code);
        var circuit = new CircuitId(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));
        var lines = error.Trim().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.EndsWith($" is missing: {Path.Combine(_folder, "none", circuit.ParametersName)}", lines[0]);
        Assert.Contains("worker params generate", lines[1]);
        Assert.Contains("not proved for want of parameters", lines[2]);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Single(report.GetProperty("Faulty").EnumerateArray());
        Assert.Single(report.GetProperty("Sectors").EnumerateArray());
        Assert.False(report.TryGetProperty("Proofs", out _));
    }

    [Theory]
    [InlineData($"wdp {Common} --randomness 00000000000000000000000000000000000000000000000000000000000000c0",
        "the two top bits of its last byte must be clear")]
    [InlineData($"wnp {Common} --randomness 0000000000000000000000000000000000000000000000000000000000000040",
        "the two top bits of its last byte must be clear")]
    [InlineData($"wdp {Common}", "--randomness is missing")]
    [InlineData($"wdp {Window} --api-version 1.3", "--api-version \"1.3\" is unknown")]
    [InlineData($"wdp {Window} --api-version 15", "unknown registered PoSt proof 15")]
    [InlineData($"wdp {Window} --api-version 0", "--api-version 0 is a Winning PoSt, not a Window PoSt")]
    [InlineData($"wdp {Window} --api-version 6", "--api-version 6 is of 8MiB, --sector-size is 2KiB")]
    [InlineData($"wdp {Window}", "sector 1 has no Cache in the sectors file")]
    public async Task Post_WrongInput_SaysItInOneSentence(string arguments, string sentence)
    {
        WriteSectors($$"""{"Sector":1,"CommR":"{{CommR5}}"}""");

        Assert.Contains(sentence, await FailAsync(arguments));
    }

    [Theory]
    [InlineData("[]", "names no sector")]
    [InlineData("{}", "is not a JSON list")]
    [InlineData("""[{"Sector":1,"CommR":"ae"}]""", "64 hexadecimal digits are needed")]
    [InlineData("""[{"Sector":1}]""", "one has no CommR")]
    [InlineData("""[{"Sector":-1,"CommR":"ae"}]""", "is not a JSON list")]
    [InlineData("", "is not a JSON list")]
    [InlineData($$"""[{"Sector":1,"CommR":"{{CommR5}}"},{"Sector":1,"CommR":"{{CommR0}}"}]""", "names sector 1 twice")]
    public async Task Post_WrongSectorsFile_IsNamed(string content, string sentence)
    {
        File.WriteAllText(Path.Combine(_folder, "sectors"), content);

        foreach (var phase in (string[])[$"wdp {Window}", $"wnp {Winning}"])
        {
            var error = await FailAsync(phase);

            Assert.Contains(sentence, error);
            Assert.Contains(Path.Combine(_folder, "sectors"), error);
        }
    }

    private static string Golden(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Federation.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Federation.sln is above no folder");
        }

        return Path.Combine(folder.FullName, "test", "vectors", name);
    }

    private async Task SealBothAsync()
    {
        await SealAsync("0", "--proof-type 0 --miner t01000 --sector 0");
        await SealAsync("5", "--proof-type 5 --miner t01000 --sector 1");
        WriteSectors(Sector(1, CommR5, "5"), Sector(0, CommR0, "0"));
    }

    private string Sector(int number, string commR, string folder) => JsonSerializer.Serialize(new
    {
        Sector = number,
        CommR = commR,
        Cache = Path.Combine(_folder, folder, "cache"),
        Sealed = Path.Combine(_folder, folder, "sealed"),
    });

    private void WriteSectors(params string[] sectors) =>
        File.WriteAllText(Path.Combine(_folder, "sectors"), $"[{string.Join(',', sectors)}]");

    private async Task SealAsync(string folder, string sector)
    {
        Directory.CreateDirectory(Path.Combine(_folder, folder));
        var (tag, ticket) = folder == "0"
            ? ("federation/2KiB-0", "42e7190f907c3e8ff544d9749f0b64e6750f23e95b218fa95f573efc2c1d3107")
            : ("federation/2KiB-5", "b6bdab0cd7f0498c109a0037544c219b86bf4639c130b5583e70a328bdb72339");
        var data = Enumerable.Range(0, 64)
            .SelectMany(
                i => SHA256.HashData([.. System.Text.Encoding.ASCII.GetBytes(tag), .. BitConverter.GetBytes(i)]))
            .Take(2032)
            .ToArray();
        File.WriteAllBytes(Path.Combine(_folder, folder, "data"), data);
        string At(string name) => $"@{folder}/{name}";
        var ap = await SucceedAsync($"ap {sector} --piece-data {At("data")} --unsealed {At("unsealed")}");
        File.WriteAllText(Path.Combine(_folder, folder, "pieces"), ap.GetProperty("Pieces").GetRawText());
        var files = $"--unsealed {At("unsealed")} --sealed {At("sealed")} --cache {At("cache")}";
        await SucceedAsync($"pc1 {sector} --ticket {ticket} --pieces {At("pieces")} {files}");
        await SucceedAsync($"pc2 {sector} --ticket {ticket} {files}");
    }

    private async Task<JsonElement> SucceedAsync(string arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((0, ""), (code, error));
        return JsonDocument.Parse(Assert.Single(output.Trim().Split('\n'))).RootElement;
    }

    private async Task<string> FailAsync(string arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((1, ""), (code, output));
        return error;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var words = arguments.Split(' ').Select(word => word.StartsWith('@') ? Path.Combine(_folder, word[1..]) : word);
        using var limit = new CancellationTokenSource(Bounds.Limit);
        var code = await PhaseCommand.Create().Parse([.. words]).InvokeAsync(configuration, limit.Token);
        var error = StandardError.WithoutProgress(configuration.Error.ToString()!);
        return (code, configuration.Output.ToString()!, error);
    }
}
