using System.CommandLine;
using Federation.Hosting.Cli;
using Federation.Worker.Circuits;

namespace Federation.Worker.Tests.Circuits;

public sealed class CircuitCommandTests
{
    [Fact]
    public async Task Digest_Window_PrintsCountsAndDigest()
    {
        var (code, output, error) = await RunAsync("--circuit", "window", "--sector-size", "2kib");

        Assert.Equal(
            "{\"constraints\":21889,\"inputs\":23,\"aux\":22128,"
            + "\"sha256\":\"0195e9af4f66bb08b5db03878360d823398d411c7eab1ebeccc6793566a103ce\"}",
            output.Trim());
        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task Digest_WindowOutline_PrintsItsParts()
    {
        var (code, output, _) = await RunAsync("--circuit", "window", "--sector-size", "2KiB", "--outline");

        var columns = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')[1..]).ToList();
        Assert.Equal(0, code);
        Assert.Equal(["0", "21866", "22128", "8a2c0d48ccf8b908"], columns[0]);
        Assert.Equal(["1", "311", "311", "2fcf3987f5c0fbd8"], columns[2]);
    }

    [Theory]
    [InlineData("porep", "3KiB", "unknown sector size \"3KiB\"")]
    [InlineData("snap", "2KiB", "unknown circuit \"snap\"")]
    [InlineData("update", "2KiB", "the circuit update is not described")]
    public async Task Digest_UnknownCircuit_IsRefusedInOneSentence(string circuit, string size, string reason)
    {
        var (code, output, error) = await RunAsync("--circuit", circuit, "--sector-size", size);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand { CircuitCommand.Create() };
        var code = await CliProgram.RunAsync(root, ["circuit", "digest", .. arguments], output, error)
            .WaitAsync(Bounds.Limit);
        return (code, output.ToString(), Phases.StandardError.WithoutProgress(error.ToString()));
    }
}
