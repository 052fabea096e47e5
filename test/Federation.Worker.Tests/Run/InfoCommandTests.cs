using System.CommandLine;
using System.Text.Json;
using Federation.Hosting.Cli;
using Federation.Hosting.Repository;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;
using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class InfoCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Info_Repository_NamesTheChosenInstructionPaths(bool json)
    {
        RepositoryFolder.Create(_folder.In("repo"), "worker").Dispose();
        var root = new RootCommand("worker") { InfoCommand.Create() };
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await CliProgram.RunAsync(
            root, ["info", "--worker-repo", _folder.In("repo"), .. json ? ["--json"] : Array.Empty<string>()], output,
            error)
            .WaitAsync(Bounds.Limit);

        Assert.Equal((0, ""), (code, error.ToString()));
        var paths = json
            ? JsonSerializer.Deserialize<JsonElement>(output.ToString()).GetProperty("Paths").EnumerateArray()
                .Select(path => $"{path.GetProperty("Work").GetString()}: {path.GetProperty("Path").GetString()}")
            : output.ToString().Split('\n');
        Assert.Empty(InstructionPaths.Chosen.Select(path => $"{path.Work}: {path.Path}").Except(paths));
    }

    [Fact]
    public async Task Info_ExternalProgram_IsNamed()
    {
        RepositoryFolder.Create(_folder.In("repo"), "worker").Dispose();
        File.WriteAllText(_folder.In("repo", "config.toml"), """
            [External.PC2]
              Program = "/bin/bash"
              Processes = 2
            """);
        var root = new RootCommand("worker") { InfoCommand.Create() };
        using var output = new StringWriter();

        var code = await CliProgram.RunAsync(
            root, ["info", "--worker-repo", _folder.In("repo")], output, TextWriter.Null).WaitAsync(Bounds.Limit);

        Assert.Equal(0, code);
        Assert.Contains("PC2 runs in: /bin/bash, 2 × 1 tasks\n", output.ToString());
    }

    /// <summary>Whether this worker could run C2, and which file that hangs on.</summary>
    [Theory]
    [InlineData("", "SECTOR_SIZE is not set")]
    [InlineData("2KiB", "cannot run: the parameter file of circuit PoRep 2KiB is missing: /none/v28-stacked-")]
    public void Commit2_OfAnEnvironment_TellsWhatItWouldTake(string sectorSize, string expected) => Assert.StartsWith(
        expected,
        InfoCommand.Commit2(name => name == "SECTOR_SIZE" ? sectorSize : null, new ParameterCache("/none")),
        StringComparison.Ordinal);
}
