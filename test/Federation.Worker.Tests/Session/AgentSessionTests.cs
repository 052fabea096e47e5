using Federation.Hosting.Net;
using Federation.Proto.Gates;
using Federation.Proto.Transport;
using Federation.Worker.Session;
using Federation.Worker.Tasks;
using Federation.Worker.Tests.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using static Federation.Proto.Gates.WorkerMessage.KindOneofCase;

namespace Federation.Worker.Tests.Session;

public sealed class AgentSessionTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeExecutor _executor = new();
    private readonly StorageMap _storage = new();
    private readonly CancellationTokenSource _stop = new();
    private FakeGate _gate = null!;
    private WorkerTasks _tasks = null!;

    public async Task InitializeAsync()
    {
        _gate = await FakeGate.StartAsync();
        _tasks = new WorkerTasks(
            _executor, new ResultStore(_folder.In("results"), NullLogger<ResultStore>.Instance), TimeProvider.System,
            NullLogger<WorkerTasks>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _tasks.DisposeAsync();
        await _gate.DisposeAsync();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task RunAsync_Connects_TellsWhatItIsAndTakesTheStorage()
    {
        _gate.Registered.Storage.Add(new StoragePath { Id = "s1", Path = "/p" });
        var running = Session().RunAsync(_stop.Token);
        var register = (await _gate.HearAsync(Register)).Register;
        Assert.Equal(("host", 2048UL, "t01000"), (register.Hostname, register.SectorSize, register.Miner));
        Assert.Equal(["PC1"], register.Phases);
        Assert.Equal("Bearer tok.e.n", _gate.Authorization);
        _gate.Send(NewAssign(out var task));
        Assert.Equal(task.TaskId, (await _gate.HearAsync(Progress)).Progress.TaskId);
        Assert.Equal("/p", _storage.Find("s1"));
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task RunAsync_AgentGoneWhileComputing_ComesBackWithTheTaskAndThenItsResult()
    {
        _ = Session().RunAsync(_stop.Token);
        await _gate.HearAsync(Register);
        _gate.Send(NewAssign(out var task));
        await _gate.HearAsync(Progress);
        _gate.Drop();
        var back = (await _gate.HearAsync(Register)).Register;
        var running = Assert.Single(back.Running);
        Assert.Equal((task.TaskId, false), (running.TaskId, running.Finished));
        _gate.Drop();
        _executor.End(task.TaskId, new TaskResult { Ok = true });
        Assert.Equal(task.TaskId, (await _gate.HearAsync(Result)).Result.TaskId);
    }

    [Fact]
    public async Task RunAsync_ResultNotTaken_IsSentAgainAtTheNextSession()
    {
        _ = Session().RunAsync(_stop.Token);
        await _gate.HearAsync(Register);
        _gate.Send(NewAssign(out var task));
        _executor.End(task.TaskId, new TaskResult { Ok = true });
        await _gate.HearAsync(Result);
        _gate.Drop();
        Assert.True(Assert.Single((await _gate.HearAsync(Register)).Register.Running).Finished);
        Assert.Equal(task.TaskId, (await _gate.HearAsync(Result)).Result.TaskId);
        _gate.Send(new AgentCommand { Taken = new ResultTaken { TaskId = task.TaskId } });
        _gate.Send(NewAssign(out var next));
        _executor.End(next.TaskId, new TaskResult { Ok = true });
        await _gate.HearAsync(Result);
        Assert.Equal([next.TaskId], _tasks.Results().Select(result => result.TaskId));
    }

    [Fact]
    public async Task RunAsync_RefusedAtFirst_EndsWithTheAgentsSentence()
    {
        _gate.Refuse = _ => new RpcException(StatusCode.FailedPrecondition, "SECTOR_SIZE differs");
        var refused = await Assert.ThrowsAsync<AgentRefusedException>(
            () => Session().RunAsync(_stop.Token).WaitAsync(Bounds.Limit));
        Assert.Equal("SECTOR_SIZE differs", refused.Message);
    }

    [Fact]
    public async Task RunAsync_RefusedLater_KeepsTrying()
    {
        var running = Session().RunAsync(_stop.Token);
        await _gate.HearAsync(Register);
        var refusals = 0;
        _gate.Refuse = _ => ++refusals <= 2 ? new RpcException(StatusCode.Unauthenticated, "no") : null;
        _gate.Drop();
        await _gate.HearAsync(Register);
        Assert.Equal(3, refusals);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task RunAsync_NoAgentWithinTheStartTimeout_GivesUpWithTheRemedy()
    {
        _gate.Refuse = _ => new RpcException(StatusCode.Unavailable, "not here");

        var error = await Assert.ThrowsAsync<AgentRefusedException>(
            () => Session(TimeSpan.FromMilliseconds(300)).RunAsync(CancellationToken.None)
                .WaitAsync(Bounds.Limit));

        Assert.StartsWith($"no agent answered at /ip4/127.0.0.1/tcp/{_gate.Port}/http of AGENT_API_INFO within 300ms",
            error.Message);
        Assert.Contains("'miner-agent run'", error.Remedy);
    }

    [Fact]
    public async Task RunAsync_AnotherServer_GivesUpAtOnce()
    {
        _gate.Refuse = _ => new RpcException(StatusCode.Unimplemented, "no such service");

        var error = await Assert.ThrowsAsync<AgentRefusedException>(
            () => Session().RunAsync(CancellationToken.None).WaitAsync(Bounds.Limit));

        Assert.Contains("is no agent", error.Message);
    }

    private AgentSession Session(TimeSpan? startTimeout = null)
    {
        Assert.True(ApiInfo.TryParse($"tok.e.n:/ip4/127.0.0.1/tcp/{_gate.Port}/http", out var agent, out _));
        var profile = new WorkerProfile
        {
            Id = Guid.NewGuid(),
            Hostname = "host",
            Software = "test",
            Phases = ["PC1"],
            Slots = new Dictionary<string, uint> { ["PC1"] = 2 },
            SectorSize = 2048,
            Miner = "t01000",
        };
        return new AgentSession(
            agent, null, profile, _tasks, _storage, TimeProvider.System,
            new Reconnect(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50), new Random(1)),
            NullLogger<AgentSession>.Instance)
        {
            StartTimeout = startTimeout ?? TimeSpan.FromMinutes(2),
        };
    }

    private static AgentCommand NewAssign(out Assign task)
    {
        task = new Assign { TaskId = Guid.NewGuid().ToString(), Phase = "PC1", Sector = 7, Epoch = 1, Order = 2,
            Attempt = "1-1" };
        return new AgentCommand { Assign = task };
    }
}
