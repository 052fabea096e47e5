using Federation.Testing;

namespace Federation.Integration.Tests.Support;

/// <summary>
/// A folder with the repositories of a miner and its agent, where single commands run and end; nothing of it outlives
/// the test. In arguments and values <c>@name</c> is a path in the folder.
/// </summary>
public sealed class CommandFolder : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);
    private readonly List<ChildProcess> _running = [];
    private int _commands;

    public string FullName { get; } = Directory.CreateTempSubdirectory("federation-command-").FullName;

    public int ServePort { get; } = PortBlock.Serve();

    public int ApiPort { get; } = PortBlock.One();

    public int StorePort { get; } = PortBlock.One();

    public string this[string name] => Path.Combine(FullName, name);

    public static CommandFolder Empty() => new();

    public static async Task<CommandFolder> WithMinerAsync()
    {
        var folder = new CommandFolder();
        Assert.Equal(0, (await folder.RunAsync(TestPrograms.Miner, "init --sector-size 2KiB --devnet-proofs vanilla")).ExitCode);
        return folder;
    }

    public static async Task<CommandFolder> WithAgentAsync()
    {
        var folder = await WithMinerAsync();
        foreach (var (program, arguments) in new[]
        {
            (TestPrograms.Miner, "auth create-agent-token region-1 --out @agent.token"),
            (TestPrograms.Agent, "init --region region-1 --name region-1 --miner-token @agent.token"),
            (TestPrograms.Agent, "storage attach --init --seal --store @storage"),
        })
        {
            var result = await folder.RunAsync(program, arguments);
            Assert.True(result.ExitCode == 0, string.Join('\n', result.Lines));
        }

        return folder;
    }

    /// <summary>Runs a command to its end, which is bounded. Variables are NAME=VALUE.</summary>
    public async Task<CommandResult> RunAsync(string program, string arguments, params string[] variables)
    {
        var log = this[$"command-{_commands++}.log"];
        await using var process = Start(program, log, arguments, variables);
        var exit = await process.WaitAsync(Bound);
        return new CommandResult(exit, process.ReadShared().TrimEnd('\n').Split('\n'));
    }

    /// <summary>Starts a daemon and waits for its <c>api</c> file.</summary>
    public async Task StartDaemonAsync(string program, string repository, params string[] variables)
    {
        var process = Start(program, this[repository + ".log"], "run", variables);
        _running.Add(process);
        await Eventually.HoldsAsync(
            () => Task.FromResult(
                process.HasExited ? throw new InvalidOperationException(process.Tail())
                : File.Exists(Path.Combine(this[repository], "api")) ? null : "no api file yet"),
            Bound,
            () => process.Tail());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_running))
        {
            await process.DisposeAsync();
        }

        Directory.Delete(FullName, recursive: true);
    }

    private ChildProcess Start(string program, string log, string arguments, string[] variables)
    {
        var environment = new Dictionary<string, string>
        {
            ["LOTUS_STORAGE_PATH"] = this["miner"],
            ["LOTUS_AGENT_PATH"] = this["agent"],
            ["WORKER_PATH"] = this["worker"],
            ["LOTUS_SEALAGENT_SERVEPORT"] = $"{ServePort}",
            ["LOTUS_SEALAGENT_STORELISTEN"] = $"127.0.0.1:{StorePort}",
            ["LOTUS_API_LISTENADDRESS"] = $"/ip4/127.0.0.1/tcp/{ApiPort}/http",
        };
        foreach (var variable in variables)
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            environment[variable[..equals]] = Expand(variable[(equals + 1)..]);
        }

        return ChildProcess.Start(
            Path.GetFileName(log), log, program, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(Expand), environment);
    }

    private string Expand(string word) => word.StartsWith('@') ? this[word[1..]] : word;
}
