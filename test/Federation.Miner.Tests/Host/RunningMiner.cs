using Federation.Hosting.Daemon;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Repository;
using Federation.Miner.Cli;
using Federation.Miner.Host;
using Federation.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Miner.Tests.Host;

/// <summary>A whole miner in this process, on free ports, with its own repository.</summary>
internal sealed class RunningMiner : IAsyncDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly Failures _failures = new();
    private Task _running = Task.CompletedTask;

    private RunningMiner(string repository, int port) => (Repository, Port) = (repository, port);

    public string Repository { get; }

    /// <summary>P.</summary>
    public int Port { get; }

    public Task Running => _running;

    public static async Task<RunningMiner> StartAsync(string repository, string more = "")
    {
        var miner = Prepare(repository, more);
        await miner.RunAsync();
        return miner;
    }

    /// <summary>A repository with its configuration, not started.</summary>
    public static RunningMiner Prepare(string repository, string more = "")
    {
        var port = PortBlock.Serve();
        if (!RepositoryFolder.Exists(repository))
        {
            Assert.Equal(0, InvokeAsync("init", "--miner-repo", repository).GetAwaiter().GetResult().Code);
        }

        File.WriteAllText(RepositoryFolder.ConfigPathOf(repository), $"""
            [API]
            ListenAddress = "/ip4/127.0.0.1/tcp/0/http"
            [SealAgent]
            ServePort = {port}
            StoreListen = "127.0.0.1:{PortBlock.One()}"
            {more}
            """);
        return new RunningMiner(repository, port);
    }

    public static async Task<(int Code, string Output, string Error)> InvokeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Hosting.Cli.CliProgram.RunAsync(MinerCommands.Create(), arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    public async Task RunAsync()
    {
        _running = MinerDaemon.RunAsync(
            Repository, new DaemonContext(NullLoggerFactory.Instance, _failures, TimeProvider.System, _stop.Token));
        using var bound = new CancellationTokenSource(Bound);
        while (!File.Exists(Path.Combine(Repository, "api")))
        {
            await Task.WhenAny(_running, Task.Delay(20, bound.Token));
            if (_running.IsCompleted)
            {
                await _running;
            }

            bound.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A command line on this miner.</summary>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        var (code, output, error) = await InvokeAsync([.. arguments, "--miner-repo", Repository]);
        Assert.True(code == 0, error);
        return output;
    }

    /// <summary>The same, asked until the answer has a word in it.</summary>
    public async Task<string> CommandUntilAsync(string word, params string[] arguments)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (true)
        {
            var output = await CommandAsync(arguments);
            if (output.Contains(word, StringComparison.Ordinal))
            {
                return output;
            }

            await Task.Delay(20, bound.Token);
        }
    }

    public JsonRpcClient Client() => new(RepositoryApi.Read(Repository, "miner"), "miner", Bound);

    public Uri ApiUri() => RepositoryApi.Read(Repository, "miner").Address.HttpUri;

    public string Token() => RepositoryApi.Read(Repository, "miner").Token!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running.WaitAsync(Bound);
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Null(_failures.First);
        _stop.Dispose();
        Directory.Delete(Repository, recursive: true);
    }

    private sealed class Failures : IFatalHandler
    {
        public Exception? First { get; private set; }

        public void Fail(string component, Exception exception) => First ??= exception;
    }
}
