using System.CommandLine;
using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.Phases;

/// <summary><c>worker phase c2</c> and <c>verify --proof</c>; values of the reference's 2KiB-5.</summary>
public sealed class Commit2CommandTests : IDisposable
{
    private const string Seed = "e0ed51b4daf33f49d970cba21d2e3bca545b53e6785789981ddde9b901f5be98";
    private const string Sector = "--proof-type 5 --miner t01000 --sector 1 "
        + "--ticket b6bdab0cd7f0498c109a0037544c219b86bf4639c130b5583e70a328bdb72339 --seed " + Seed;
    private const string CommD = "f269317c03c35da4db0bd5a102cc444f53cd97738a7c9a4016cec202cdf7a71d";
    private const string CommR = "aeace3038d6b60c4ff75e528e9a982ad188c91c5b44143af51272c1ca89b9d0a";
    private const string Verify =
        $"verify {Sector} --comm-d {CommD} --comm-r {CommR} --params-dir @params";

    private readonly string _folder = Directory.CreateTempSubdirectory("federation-c2-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Verify_ReferencesProof_ExitsWithZeroOnlyWhenItHolds()
    {
        var key = CopyKey();
        var proof = ReferencesProof();

        var (code, output, error) = await RunAsync($"{Verify} --proof {proof}");

        Assert.Equal((0, $"TestParameters: {key}\n"), (code, error));
        var report = JsonDocument.Parse(output).RootElement;
        Assert.True(report.GetProperty("Valid").GetBoolean());
        Assert.Equal("TestParameters", report.GetProperty("Parameters").GetString());
        Assert.Equal("[41,39]", report.GetProperty("Challenges").GetRawText());

        var otherSign = Convert.ToHexStringLower([(byte)(Convert.FromHexString(proof)[0] ^ 0x20)]) + proof[2..];
        await AssertInvalidAsync($"{Verify} --proof {otherSign}", "does not hold");
        await AssertInvalidAsync($"{Verify} --proof {proof[2..]}", "not 191");
        await AssertInvalidAsync($"{Verify.Replace("--sector 1", "--sector 2")} --proof {proof}", "does not hold");
        await AssertInvalidAsync($"{Verify.Replace(Seed, CommD)} --proof {proof}", "does not hold");
    }

    [Theory]
    [InlineData($"{Verify} --proof 00", "the parameter file of circuit PoRep 2KiB is missing")]
    [InlineData($"{Verify} --proof b1z5", "--proof is malformed")]
    [InlineData($"{Verify} --proof 00 --c1out @c1.json", "--c1out and --proof exclude each other")]
    [InlineData(Verify, "--c1out or --proof is missing")]
    [InlineData(
        $"c2 {Sector} --c1out @c1.json --params-dir @params", "the parameter file of circuit PoRep 2KiB is missing")]
    [InlineData($"c2 {Sector} --c1out @none --params-dir @params", "none")]
    [InlineData($"c2 {Sector} --c1out @c1.json --comm-r {CommD} --params-dir @params", "is of another sector")]
    public async Task Phase_WrongInput_SaysItInOneSentenceWithTheRemedyBelow(string arguments, string sentence)
    {
        File.Copy(Golden("seals/c1-2KiB-5.json"), Path.Combine(_folder, "c1.json"));

        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((1, ""), (code, output));
        var lines = error.Trim().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(sentence, lines[0]);
    }

    [Theory]
    [InlineData("--sector 1", "--sector 2", "the C1 output is of another sector: its replica id is")]
    [InlineData("t01000", "t01001", "the C1 output is of another sector: its replica id is")]
    [InlineData(Seed, CommD, "the C1 output is of another epoch's seed")]
    [InlineData("--ticket b6", "--ticket b7", "the C1 output is of another sector or ticket: its ticket is")]
    [InlineData("--sector 1", $"--sector 1 --comm-d {CommR}", "the C1 output is of another sector or of other data")]
    [InlineData("--sector 1", $"--sector 1 --comm-r {CommD}", "the C1 output is of another sector's replica")]
    [InlineData("--proof-type 5", "--proof-type 15", "Non-interactive")]
    public async Task C2_OutputOfAnother_IsRefused(string old, string other, string sentence)
    {
        File.Copy(Golden("seals/c1-2KiB-5.json"), Path.Combine(_folder, "c1.json"));

        var (code, output, error) = await RunAsync($"c2 {Sector.Replace(old, other)} --c1out @c1.json");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(sentence, error);
    }

    [Theory]
    [InlineData("cut", "it is cut off: it ends at 4000, within section ic")]
    [InlineData("empty", "it is cut off: it ends at 0, before section ic")]
    [InlineData("foreign", "its verifying key is for 132 public inputs, but PoRep 2KiB has 39")]
    [InlineData("altered", "its verifying key is damaged: ic[7] in G1")]
    public async Task Verify_BadKeyFile_IsRefusedWithItsReason(string what, string reason)
    {
        var path = CopyKey();
        var key = await File.ReadAllBytesAsync(path);
        key[868 + (7 * 96) + 5] ^= (byte)(what == "altered" ? 4 : 0);
        await File.WriteAllBytesAsync(path, what switch
        {
            "cut" => key[..4000],
            "empty" => [],
            "foreign" => File.ReadAllBytes(Golden("groth16/winning-2KiB.vk")),
            _ => key,
        });

        var (code, output, error) = await RunAsync($"{Verify} --proof {ReferencesProof()}");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"worker phase verify: parameter file {path} is refused: {reason}", error);
        Assert.Equal(2, error.Trim().Split('\n').Length);
    }

    [Theory]
    [InlineData("cut", "malformed at byte 50000: expected ,, but it ends there")]
    [InlineData("empty", "but it ends there")]
    [InlineData("another kind's", "expected StackedDrg2KiBV1_1")]
    [InlineData("altered", "the C1 output does not hold at challenge 41")]
    public async Task C2_BadOutput_IsRefusedWithItsReason(string what, string reason)
    {
        var c1 = await File.ReadAllTextAsync(Golden("seals/c1-2KiB-5.json"));
        var leaf = c1.IndexOf("\"leaf\":[", StringComparison.Ordinal) + "\"leaf\":[".Length;
        await File.WriteAllTextAsync(Path.Combine(_folder, "c1.json"), what switch
        {
            "cut" => c1[..50_000],
            "empty" => "",
            "altered" => c1[..leaf] + (c1[leaf] == '1' ? '2' : '1') + c1[(leaf + 1)..],
            _ => c1.Replace("2KiBV1_1", "8MiBV1_1"),
        });

        var (code, output, error) = await RunAsync($"c2 {Sector} --c1out @c1.json --params-dir @params");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(reason, error.Split('\n')[0]);
        Assert.Equal("restore the file from a copy, or run the earlier phases again", error.Trim().Split('\n')[1]);
    }

    private string CopyKey()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "params")).FullName;
        var circuit = new CircuitId(CircuitKind.PoRep, SectorShape.Parse("2KiB"));
        var key = Path.Combine(folder, circuit.VerifyingKeyName);
        File.Copy(Golden("groth16/porep-2KiB.vk"), key);
        return key;
    }

    private static string ReferencesProof()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Golden("groth16/proofs.json")));
        return document.RootElement.EnumerateArray()
            .Single(vector => vector.GetProperty("name").GetString() == "porep 2KiB-5")
            .GetProperty("proof").GetString()!;
    }

    private async Task AssertInvalidAsync(string arguments, string reason)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.False(JsonDocument.Parse(output).RootElement.GetProperty("Valid").GetBoolean());
        Assert.Contains("the proof is refused", error);
        Assert.Contains(reason, error);
    }

    /// <summary>Runs <c>worker phase</c>; <c>@name</c> is a path in the test's folder.</summary>
    private async Task<(int Code, string Output, string Error)> RunAsync(string arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var words = arguments.Split(' ').Select(word => word.StartsWith('@') ? Path.Combine(_folder, word[1..]) : word);
        using var limit = new CancellationTokenSource(Bounds.Limit);
        var code = await PhaseCommand.Create().Parse([.. words]).InvokeAsync(configuration, limit.Token);
        var error = StandardError.WithoutProgress(configuration.Error.ToString()!);
        return (code, configuration.Output.ToString()!, error);
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
}
