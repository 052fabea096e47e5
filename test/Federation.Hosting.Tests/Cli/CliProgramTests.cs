using System.CommandLine;
using System.Text.Json;
using Federation.Hosting.Cli;
using Federation.Hosting.Config;
using Federation.Hosting.JsonRpc;

namespace Federation.Hosting.Tests.Cli;

public sealed class CliProgramTests
{
    [Fact]
    public async Task RunAsync_Command_WritesTextOrJson()
    {
        Assert.Equal((0, "t01000\n", ""), await RunAsync(["show"]));

        var (code, output, _) = await RunAsync(["show", "--json"]);

        Assert.Equal(0, code);
        Assert.Equal("t01000", JsonDocument.Parse(output).RootElement.GetProperty("Miner").GetString());
    }

    [Fact]
    public async Task RunAsync_JsonRpcError_IsLotussTextAndAnEmptyLine() =>
        Assert.Equal(
            (1, "", "ERROR: No state for /99: datastore: key not found\n\n"),
            await RunAsync(["fail"], new JsonRpcException("No state for /99: datastore: key not found")));

    [Fact]
    public async Task RunAsync_OperatorError_HasItsRemedyOnTheSecondLine() =>
        Assert.Equal(
            (1, "", "ERROR: no key\nrun: make one\n"),
            await RunAsync(["fail"], new OperatorException("no key", "run: make one")));

    [Fact]
    public async Task RunAsync_OperatorErrorForScripts_IsOneJsonObject()
    {
        var (code, output, error) = await RunAsync(
            ["fail", "--json"], new OperatorException("no <key>", "run: make one"));

        Assert.Equal((1, "", "{\"error\":\"no <key>\",\"remedy\":\"run: make one\"}\n"), (code, output, error));
    }

    [Fact]
    public async Task RunAsync_ManyConfigErrors_AreALineEach() =>
        Assert.Equal((1, "", "ERROR: a.\nERROR: b.\n"), await RunAsync(["fail"], new ConfigException(["a.", "b."])));

    [Fact]
    public async Task RunAsync_Defect_ShowsItsTraceAndItsOwnExitCode()
    {
        var (code, _, error) = await RunAsync(["fail"], new InvalidOperationException("oops"));

        Assert.Equal(70, code);
        Assert.StartsWith("ERROR: InvalidOperationException: oops\n", error, StringComparison.Ordinal);
        Assert.Contains("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "shwo", "'shwo' is no command of 'testhost'",
        "its commands are show, fail, make and completion; see 'testhost --help'")]
    [InlineData("make", "--name, --count and <what> are missing", "see 'testhost make --help'")]
    [InlineData("make thing --name a", "--count is missing", "see 'testhost make --help'")]
    [InlineData("make thing --count 1 --name", "--name needs a value", "see 'testhost make --help'")]
    [InlineData("make thing --name a --count x", "'x' is no value of --count", "see 'testhost make --help'")]
    [InlineData(
        "make thing --name a --nope", "'--nope' is no option or argument of this command; --count is missing",
        "see 'testhost make --help'")]
    [InlineData(
        "show --json=perhaps", "'perhaps' is no option or argument of this command",
        "see 'testhost show --help'")]
    public async Task RunAsync_WrongCommandLine_IsOneSentenceAndWhereToLook(
        string line, string sentence, string remedy) =>
        Assert.Equal((1, "", $"ERROR: {sentence}\n{remedy}\n"), await RunAsync(line.Split(' ')));

    [Fact]
    public async Task RunAsync_WrongCommandLineForScripts_IsOneJsonObject() =>
        Assert.Equal(
            (1, "", "{\"error\":\"<what> is missing\",\"remedy\":\"see 'testhost make --help'\"}\n"),
            await RunAsync(["make", "--json", "--name", "a", "--count", "1"]));

    [Fact]
    public async Task RunAsync_NoCommand_FailsWithUsage()
    {
        var (code, output, error) = await RunAsync([]);

        Assert.Equal(1, code);
        Assert.Contains("command", error, StringComparison.Ordinal);
        Assert.Contains("show", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -F")]
    [InlineData("zsh", "#compdef")]
    public async Task RunAsync_Completion_PrintsAScriptForTheProgram(string shell, string part)
    {
        var (code, output, _) = await RunAsync(["completion", shell]);

        Assert.Equal(0, code);
        Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.DoesNotContain("PROGRAM", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Suggest_NamesWhatMayFollow()
    {
        var (code, output, _) = await RunAsync(["[suggest:11]", "testhost sh"]);

        Assert.Equal(0, code);
        Assert.Contains("show", output.Split('\n'));
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(string[] args, Exception? failure = null)
    {
        var root = new RootCommand("test program");
        var show = new Command("show", "shows something");
        show.SetAction(parsed =>
        {
            CliProgram.ConsoleOf(parsed).Write(new { Miner = "t01000" }, r => $"{r.Miner}\n");
            return 0;
        });
        var fail = new Command("fail", "fails");
        fail.SetAction(async (_, ct) => await Task.FromException<int>(failure!));
        root.Subcommands.Add(show);
        root.Subcommands.Add(fail);
        root.Subcommands.Add(new Command("make", "makes something")
        {
            new Option<string>("--name") { Required = true },
            new Option<int>("--count") { Required = true },
            new Argument<string>("what"),
        });
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CliProgram.RunAsync(root, args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
