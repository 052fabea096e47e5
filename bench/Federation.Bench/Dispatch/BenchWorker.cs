using Federation.Hosting.Net;
using Federation.Proofs.Groth16.Parameters;
using Federation.Storage.Space;
using Federation.Worker.Parameters;
using Federation.Worker.Session;
using Federation.Worker.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Bench.Dispatch;

/// <summary>
/// A worker as <c>worker run</c> makes it, within this process so that its phases are timed by this process's clock.
/// </summary>
internal sealed class BenchWorker : IAsyncDisposable
{
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(200),
        LongestReconnect = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly WorkerTasks _tasks;
    private readonly Task _session;

    /// <summary>Starts it.</summary>
    /// <param name="agent">Its agent.</param>
    /// <param name="folder">Its repository.</param>
    /// <param name="runner">What runs its phases.</param>
    public BenchWorker(ApiInfo agent, string folder, PhaseStartClock runner)
    {
        var storage = new StorageMap();
        var stretch = new Stretch(new Dictionary<string, TimeSpan>(), TimeProvider.System);
        var executor = new PhaseExecutor(
            runner, storage, VolumeFreeSpace.Instance, stretch,
            ParameterSettings.Read(Environment.GetEnvironmentVariable),
            new ParameterNotice(NullLogger<ParameterNotice>.Instance));
        var results = new ResultStore(Path.Combine(folder, "results"), NullLogger<ResultStore>.Instance);
        _tasks = new WorkerTasks(executor, results, TimeProvider.System, NullLogger<WorkerTasks>.Instance);
        var reconnect = new Reconnect(FirstReconnect, LongestReconnect, Random.Shared);
        var session = new AgentSession(
            agent, tls: null, Profile(), _tasks, storage, TimeProvider.System, reconnect,
            NullLogger<AgentSession>.Instance);
        _session = session.RunAsync(_stop.Token);
    }

    /// <summary>Nothing runs, and the agent has taken every result, which it does once it has published it.</summary>
    public bool IsIdle => _tasks.Tasks().Count == 0;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _session;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        await _tasks.DisposeAsync();
        _stop.Dispose();
    }

    private static WorkerProfile Profile() => new()
    {
        Id = Guid.NewGuid(),
        Hostname = "bench-worker",
        Software = "fed-bench",
        Phases = ["AP"],
        Slots = new Dictionary<string, uint> { ["AP"] = 2 },
    };
}
