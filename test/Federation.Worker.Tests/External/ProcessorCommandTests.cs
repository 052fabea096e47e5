using System.CommandLine;
using Federation.Hosting.Cli;
using Federation.Worker.Processor;

namespace Federation.Worker.Tests.External;

/// <summary><c>worker processor</c> as it is typed.</summary>
public sealed class ProcessorCommandTests
{
    [Theory]
    [InlineData("processor pc3", "unknown phase 'pc3'", "it is one of ap, pc1, pc2, c1, c2, wdp, wnp")]
    [InlineData("processor PC2", "unknown phase 'PC2'", "it is one of")]
    [InlineData("processor pc2 --concurrency 0", "--concurrency 0 is not a number of tasks", "give 1 to 1000")]
    [InlineData("processor pc2 --concurrency 1001", "--concurrency 1001 is not a number of tasks", "give 1 to 1000")]
    [InlineData("processor pc2 --memory 1MiB", "--memory 1MiB is not a size of at least 32MiB", "worker processor --help")]
    [InlineData("processor pc2 --threads 0", "--threads 0 is not at least 1", "worker processor --help")]
    public async Task Processor_WrongOption_SaysItBeforeItIsReady(string line, string sentence, string remedy)
    {
        var (code, output, error) = await RunAsync(line);

        Assert.Equal((1, ""), (code, output));
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"ERROR: {sentence}", lines[0]);
        Assert.Contains(remedy, lines[1]);
    }

    [Fact]
    public async Task Processor_Help_DescribesTheLines()
    {
        var (code, output, _) = await RunAsync("processor --help");

        Assert.Equal(0, code);
        var words = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("'<phase> processor ready'", words);
        Assert.Contains("{\"id\":1,\"err_msg\":null,\"output\":{…}}", words);
        Assert.Contains("--concurrency", words);
        Assert.Contains("docs/external-prover.md", words);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand("worker") { ProcessorCommand.Create() };
        var code = await CliProgram.RunAsync(root, line.Split(' '), output, error).WaitAsync(Programs.Limit);
        return (code, output.ToString(), error.ToString());
    }
}
