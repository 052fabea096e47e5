using System.CommandLine;
using System.Text.Json;
using Federation.Bench.Dispatch;
using Federation.Hosting.Cli;

namespace Federation.Bench.Tests;

public sealed class FiguresCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Bench_Json_PrintsALinePerFigureAndProgressBeside()
    {
        var (code, output, error) = await RunAsync("--json", "--filter", "clock,reference.sha256", "--seconds", "0.01");

        Assert.Equal(0, code);
        var names = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(
                ["name", "value", "unit", "reference", "ratio", "cores", "cycles"],
                json.RootElement.EnumerateObject().Take(7).Select(member => member.Name));
            Assert.True(json.RootElement.GetProperty("value").GetDouble() > 0);
            return json.RootElement.GetProperty("name").GetString();
        });
        Assert.Equal(["clock", "reference.sha256.1248", "reference.sha256.16KiB"], names);
        Assert.Contains("bench: clock: measuring on 1 of", error);
    }

    [Fact]
    public async Task Bench_Table_NamesEveryFigureThatWasTaken()
    {
        var (code, output, _) = await RunAsync("--filter", "fr.mul", "--seconds", "0.01", "--processor-time");

        Assert.Equal(0, code);
        Assert.Matches(@"^figure +value +reference +ratio +cores +cycles +goal\nfr\.mul +[0-9.]+ ns +1 +[0-9.]+ / product", output);
    }

    [Fact]
    public async Task Bench_List_NamesFiguresAndTakesNone()
    {
        var (code, output, error) = await RunAsync("--list");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("sector.512MiB\n", output);
    }

    [Theory]
    [InlineData("no figure's name begins with 'pc9'", "--filter", "pc9")]
    [InlineData("--dir names a folder", "--filter", "clock", "--dir", "/proc/no-folder")]
    [InlineData("--seconds must be above 0 and at most 3600", "--seconds", "0")]
    [InlineData("--seconds must be above 0 and at most 3600", "--seconds", "1e9")]
    [InlineData("--seconds must be above 0 and at most 3600", "--seconds", "nan")]
    [InlineData("'abc' is no value of --seconds", "--seconds", "abc")]
    [InlineData("--seconds needs a value", "--seconds")]
    [InlineData("--filter needs a value", "--filter")]
    [InlineData("'--frob' is no option or argument of this command", "--frob")]
    [InlineData("'dispach' is no command of", "dispach")]
    [InlineData("--count must be at least 1", "dispatch", "--count", "0")]
    public async Task Bench_WrongOption_SaysSoInOneSentence(string message, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((ExitCode.Failure, ""), (code, output));
        Assert.Contains(message, error);
        Assert.DoesNotContain("Usage:", error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var root = new RootCommand("bench") { DispatchCommand.Create() };
        FiguresCommand.AddTo(root);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CliProgram.RunAsync(root, args, output, error).WaitAsync(Limit);
        return (code, output.ToString(), error.ToString());
    }
}
