using Federation.Discovery.Testing;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.MinerAgent.Tests.Workers;

public sealed class WorkerPoolTests : IStrangerJudge
{
    private const string Worker = "6b4b8d5e-5a5c-4f60-8f3c-1d4b2f0a9c11";

    private static readonly TaskKey Key = new(7, 2, 3, "PC1", "2-1");

    private readonly ManualTimeProvider _time = new();
    private readonly SealScheduler _scheduler = new();
    private readonly WorkerPool _pool;
    private StrangerVerdict _verdict = StrangerVerdict.Keep;

    public WorkerPoolTests() =>
        _pool = new WorkerPool(_scheduler, new PoolOptions(), _time, NullLogger<WorkerPool>.Instance) { Judge = this };

    StrangerVerdict IStrangerJudge.Judge(TaskKey key) => _verdict;

    [Fact]
    public async Task Start_WorkerAnswers_EndsTheRunAndFreesTheSlot()
    {
        var channel = Connect();
        var run = await StartAsync();
        Assert.Equal(run.TaskId, Assert.Single(channel.Sent).Assign.TaskId);
        var next = Reserve();
        Assert.Single(_scheduler.Waiting());
        _pool.Finished(Worker, new TaskResult { TaskId = run.TaskId, Ok = true });
        Assert.True(Assert.IsType<PhaseFinished>(await EndAsync(run)).Result.Ok);
        Assert.Empty(_pool.Runs());
        await next.WaitAsync(TimeSpan.FromMinutes(1));
        _pool.Release(run);
        Assert.Equal([run.TaskId], channel.Taken);
    }

    [Fact]
    public async Task Disconnected_BackWithTheTaskWithinGrace_RunGoesOn()
    {
        var channel = Connect();
        var run = await StartAsync();
        _pool.Disconnected(Worker, channel);
        _time.Advance(TimeSpan.FromMinutes(2));
        Connect(Ref(run.Key, run.TaskId));
        _time.Advance(TimeSpan.FromHours(10));
        Assert.False(run.Ended.IsCompleted);
        _pool.Finished(Worker, new TaskResult { TaskId = run.TaskId, Ok = true });
        Assert.IsType<PhaseFinished>(await EndAsync(run));
    }

    [Fact]
    public async Task Disconnected_BackWithoutTheTask_IsLostAtOnce()
    {
        var channel = Connect();
        var run = await StartAsync();
        _pool.Disconnected(Worker, channel);
        Connect();
        Assert.IsType<PhaseLost>(await EndAsync(run));
    }

    [Fact]
    public async Task Disconnected_GracePasses_IsLost()
    {
        var channel = Connect();
        var run = await StartAsync();
        _pool.Disconnected(Worker, channel);
        _time.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromSeconds(1));
        Assert.False(run.Ended.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<PhaseLost>(await EndAsync(run));
    }

    [Fact]
    public void Connected_NewerSession_ReplacesTheOldAndOutlivesItsEnd()
    {
        var old = Connect();
        var next = Connect();
        Assert.NotNull(old.Closed);
        _pool.Disconnected(Worker, old);
        Assert.True(Assert.Single(_pool.Workers()).Connected);
        Assert.Null(next.Closed);
    }

    [Fact]
    public async Task Expect_WorkerComesBackWithIt_GoesOnUnderTheWorkersTaskId()
    {
        var run = _pool.Expect(Key, Worker, new PhaseRequest(7, "PC1", 1));
        Connect(Ref(Key, "old-id"));
        _pool.Finished(Worker, new TaskResult { TaskId = "old-id", Ok = true });
        Assert.IsType<PhaseFinished>(await EndAsync(run));
    }

    [Fact]
    public async Task Expect_WorkerCameBackWithItBefore_GoesOn()
    {
        Connect(Ref(Key, "old-id"));
        var run = _pool.Expect(Key, Worker, new PhaseRequest(7, "PC1", 1));
        _pool.Finished(Worker, new TaskResult { TaskId = "old-id", Ok = true });
        Assert.IsType<PhaseFinished>(await EndAsync(run));
    }

    [Fact]
    public async Task Expect_ResultCameBefore_EndsWithIt()
    {
        Connect(Ref(Key, "old-id"));
        _pool.Finished(Worker, new TaskResult { TaskId = "old-id", Ok = true });
        var run = _pool.Expect(Key, Worker, new PhaseRequest(7, "PC1", 1));
        Assert.True(Assert.IsType<PhaseFinished>(await EndAsync(run)).Result.Ok);
    }

    [Fact]
    public async Task Expect_WorkerIsThereWithoutIt_IsLostAtOnce()
    {
        Connect();
        Assert.IsType<PhaseLost>(await EndAsync(_pool.Expect(Key, Worker, new PhaseRequest(7, "PC1", 1))));
    }

    [Theory]
    [InlineData(StrangerVerdict.Unwanted)]
    [InlineData(StrangerVerdict.Accepted)]
    [InlineData(StrangerVerdict.Keep)]
    public void Connected_TaskThatNobodyWaitsFor_IsTreatedAsJudged(StrangerVerdict verdict)
    {
        _verdict = verdict;
        var channel = Connect(Ref(Key, "t"));
        Assert.Equal(verdict == StrangerVerdict.Unwanted ? ["t"] : [], channel.Cancelled);
        Assert.Equal(verdict == StrangerVerdict.Accepted ? ["t"] : [], channel.Taken);
    }

    [Fact]
    public void JudgeStrangers_VerdictComesLater_IsCarriedOutOnce()
    {
        var channel = Connect(Ref(Key, "t"));
        Assert.Empty(channel.Sent);
        _verdict = StrangerVerdict.Unwanted;
        _pool.JudgeStrangers();
        _pool.JudgeStrangers();
        Assert.Equal(["t"], channel.Cancelled);
    }

    [Fact]
    public async Task Cancel_Running_TellsTheWorkerAndFreesTheSlot()
    {
        var channel = Connect();
        var run = await StartAsync();
        _pool.Cancel(run, "test");
        Assert.Equal([run.TaskId], channel.Cancelled);
        Assert.IsType<PhaseLost>(await EndAsync(run));
        await Reserve().WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Rejected_ByTheWorker_IsLostWithItsReason()
    {
        Connect();
        var run = await StartAsync();
        _pool.Rejected(Worker, new TaskRejected { TaskId = run.TaskId, Reason = "no" });
        Assert.Contains("no", Assert.IsType<PhaseLost>(await EndAsync(run)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connected_GraceEndsAtTheSameMoment_RunGoesOn()
    {
        var deaf = new FakeChannel();
        _pool.Connected(Registration(), deaf);
        var slot = await Reserve().WaitAsync(TimeSpan.FromMinutes(1));
        var taskId = Guid.NewGuid().ToString();
        // A channel that takes nothing begins the grace while its session is still the present one.
        deaf.Close("deaf");
        var run = _pool.Start(slot, AssignOf(taskId));
        Thread? late = null;
        deaf.Closing = () =>
        {
            late = new Thread(() => _time.Advance(TimeSpan.FromHours(1)));
            late.Start();
            Assert.True(SpinWait.SpinUntil(
                () => late.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(20)));
        };
        Connect(Ref(run.Key, taskId));
        Assert.True(late!.Join(TimeSpan.FromSeconds(20)));
        Assert.False(run.Ended.IsCompleted);
        Assert.Equal(run, Assert.Single(_pool.Runs()));
    }

    [Fact]
    public void Disconnected_WorkerIsBackBeforeTheCallReturns_ItsSlotsStay()
    {
        var log = new HookLogger();
        var pool = new WorkerPool(_scheduler, new PoolOptions(), _time, log);
        var channel = new FakeChannel();
        pool.Connected(Registration(), channel);
        log.On = (4101, () => pool.Connected(Registration(), new FakeChannel()));
        pool.Disconnected(Worker, channel);
        Assert.True(Assert.Single(pool.Workers()).Connected);
        Assert.Equal(1, _scheduler.ConnectedWorkers());
    }

    [Fact]
    public async Task Cancel_OfARunThatWasLost_LeavesTheNextRunOfTheSameAttempt()
    {
        Connect();
        var lost = _pool.Expect(Key, Worker, new PhaseRequest(7, "PC1", 1));
        Assert.IsType<PhaseLost>(await EndAsync(lost));
        var next = await StartAsync();
        _pool.Cancel(lost, "test");
        Assert.Equal(next, Assert.Single(_pool.Runs()));
    }

    private static Task<PhaseEnd> EndAsync(PhaseRun run) => run.Ended.WaitAsync(TimeSpan.FromMinutes(1));

    private static RunningTaskRef Ref(TaskKey key, string taskId) => new()
    {
        TaskId = taskId,
        Sector = key.Sector,
        Epoch = key.Epoch,
        Order = key.Order,
        Phase = key.Phase,
        Attempt = key.Attempt,
    };

    private FakeChannel Connect(params RunningTaskRef[] running)
    {
        var channel = new FakeChannel();
        _pool.Connected(Registration(running), channel);
        return channel;
    }

    private static WorkerRegister Registration(params RunningTaskRef[] running) =>
        new() { WorkerId = Worker, Hostname = "h", Phases = { "PC1" }, Running = { running } };

    private static Assign AssignOf(string taskId) =>
        new() { TaskId = taskId, Sector = 7, Epoch = 2, Order = 3, Phase = "PC1", Attempt = "2-1" };

    private Task<SlotLease> Reserve() => _scheduler.ReserveAsync(new PhaseRequest(7, "PC1", 1), CancellationToken.None);

    private async Task<PhaseRun> StartAsync()
    {
        var slot = await Reserve().WaitAsync(TimeSpan.FromMinutes(1));
        return _pool.Start(slot, AssignOf(Guid.NewGuid().ToString()));
    }

    /// <summary>Does something when an event is logged.</summary>
    private sealed class HookLogger : ILogger<WorkerPool>
    {
        public (int Event, Action Do) On { get; set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter)
        {
            if (eventId.Id == On.Event)
            {
                On.Do();
            }
        }
    }
}
