using System.Buffers.Binary;
using System.CommandLine;
using System.Text.Json;
using Federation.Hosting.Cli;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Worker.Parameters;

namespace Federation.Worker.Tests.Parameters;

public sealed class ParametersCommandTests : IDisposable
{
    private static readonly CircuitId Window = new(CircuitKind.WindowPost, SectorShape.Parse("2KiB"));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_EmptyFolder_NamesEveryPublishedFile()
    {
        var (code, output, error) = await RunAsync("list", "--json");

        var rows = JsonSerializer.Deserialize<JsonElement>(output).EnumerateArray().ToList();
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(44, rows.Count);
        Assert.All(rows, row => Assert.Equal("Missing", row.GetProperty("State").GetString()));
        Assert.All(rows, row => Assert.Equal(32, row.GetProperty("Official").GetString()!.Length));
    }

    [Fact]
    public async Task List_TestFile_IsNamedAsSuchInJsonAndOnStandardError()
    {
        var path = WriteKey();

        var (code, output, error) = await RunAsync("list", "--circuit", "window", "--sector-size", "2kib", "--json");

        var row = JsonSerializer.Deserialize<JsonElement>(output)[0];
        Assert.Equal((0, $"TestParameters: {path}"), (code, error.Trim()));
        Assert.Equal("TestParameters", row.GetProperty("State").GetString());
        Assert.Equal(3076, row.GetProperty("Size").GetInt64());
        Assert.Equal(path, row.GetProperty("File").GetString());
    }

    [Fact]
    public async Task List_Text_IsATable()
    {
        var path = WriteKey();

        var (_, output, _) = await RunAsync("list", "--circuit", "window");

        Assert.Equal(11, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"window   2KiB    TestParameters  3076  {path}\n", output);
    }

    [Fact]
    public async Task Check_NamedCircuitWithoutFiles_FailsAndNamesThem()
    {
        var (code, _, error) = await RunAsync("check", "--circuit", "porep", "--sector-size", "2KiB");

        Assert.Equal(1, code);
        Assert.Equal(
            [
                $"the parameter file of circuit PoRep 2KiB is missing: {PathOf("vk")}",
                $"the parameter file of circuit PoRep 2KiB is missing: {PathOf("params")}",
            ],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        string PathOf(string ending) => _folder.In(
            $"{new CircuitId(CircuitKind.PoRep, SectorShape.Parse("2KiB")).BaseName}.{ending}");
    }

    [Fact]
    public async Task Check_CutOffFile_FailsWithItsReason()
    {
        var path = WriteKey();
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(3000);
        }

        var (code, output, error) = await RunAsync("check");

        Assert.Equal(1, code);
        Assert.Contains("Damaged", output);
        Assert.Contains($"parameter file {path} is refused: it is cut off", error);
    }

    [Fact]
    public async Task Check_TestFile_IsFineUnlessItsDigestMustBeFilecoins()
    {
        WriteKey();

        var (code, output, _) = await RunAsync("check", "--json");

        var row = Assert.Single(JsonSerializer.Deserialize<JsonElement>(output).EnumerateArray());
        Assert.Equal(0, code);
        Assert.Equal(32, row.GetProperty("Digest").GetString()!.Length);
        Assert.NotEqual(row.GetProperty("Official").GetString(), row.GetProperty("Digest").GetString());
    }

    [Fact]
    public async Task Generate_Window_MakesFilesThatCheckOutAndAreNotOverwritten()
    {
        string[] generate =
        [
            "generate", "--circuit", "window", "--sector-size", "2KiB", "--output-dir", _folder.Path, "--json",
        ];

        var (code, output, _) = await InvokeAsync(generate);
        var (again, _, refusal) = await InvokeAsync(generate);
        var (check, rows, _) = await RunAsync("check", "--circuit", "window", "--sector-size", "2KiB", "--json");

        var made = JsonSerializer.Deserialize<JsonElement>(output);
        var path = _folder.In(Window.ParametersName);
        Assert.Equal((0, 1, 0), (code, again, check));
        Assert.Equal("TestParameters", made.GetProperty("Origin").GetString());
        Assert.Equal(path, made.GetProperty("Parameters").GetString());
        Assert.StartsWith(made.GetProperty("ParametersSha256").GetString()!, File.ReadAllText(path + ".sha256"));
        Assert.Contains($"{path} exists, and parameters are never overwritten", refusal);
        Assert.All(
            JsonSerializer.Deserialize<JsonElement>(rows).EnumerateArray(),
            row => Assert.Equal("TestParameters", row.GetProperty("State").GetString()));
    }

    [Theory]
    [InlineData("update", "2KiB", "the circuit update is not described")]
    [InlineData("other", "2KiB", "unknown circuit \"other\"")]
    [InlineData("window", "3KiB", "unknown sector size \"3KiB\"")]
    public async Task Generate_CircuitThatIsNone_IsRefused(string circuit, string size, string reason)
    {
        var (code, _, error) = await InvokeAsync(
            "generate", "--circuit", circuit, "--sector-size", size, "--output-dir", _folder.Path);

        Assert.Equal(1, code);
        Assert.Contains(reason, error);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("--circuit", "update2", "unknown circuit \"update2\": known are porep, window")]
    [InlineData("--sector-size", "3KiB", "unknown sector size \"3KiB\"")]
    public async Task List_UnknownCircuit_SaysWhichAreKnown(string option, string value, string reason)
    {
        var (code, _, error) = await RunAsync("list", option, value);

        Assert.Equal(1, code);
        Assert.Contains(reason, error);
    }

    [Fact]
    public void Settings_Environment_IsWhatRustFilProofsReads()
    {
        var unset = ParameterSettings.Read(_ => null);
        var set = ParameterSettings.Read(
            name => name == "FIL_PROOFS_PARAMETER_CACHE" ? "/params"
                : name == "FIL_PROOFS_VERIFY_PRODUCTION_PARAMS" ? "1" : null);

        Assert.Equal(("/var/tmp/filecoin-proof-parameters", false), (unset.Cache.Directory, unset.VerifyDigests));
        Assert.Equal(("/params", true), (set.Cache.Directory, set.VerifyDigests));
        Assert.Equal(new ParameterPolicy(AllowTestParameters: true, VerifyDigests: true), set.Policy(devnet: true));
        Assert.Equal("/typed", ParameterSettings.Read(_ => "/params", "/typed").Cache.Directory);
    }

    /// <summary>A verifying key of the right form, whose points are all zeros.</summary>
    private string WriteKey()
    {
        var key = new byte[868 + (23 * 96)];
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(864), 23);
        var path = _folder.In(Window.VerifyingKeyName);
        File.WriteAllBytes(path, key);
        return path;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        InvokeAsync([.. arguments, "--params-dir", _folder.Path]);

    private static async Task<(int Code, string Output, string Error)> InvokeAsync(params string[] arguments)
    {
        var root = new RootCommand("worker") { ParametersCommand.Create() };
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CliProgram.RunAsync(
            root, ["params", .. arguments], output, error).WaitAsync(Bounds.Limit);
        return (code, output.ToString(), Phases.StandardError.WithoutProgress(error.ToString()));
    }
}
