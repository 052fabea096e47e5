using Federation.Discovery.Testing;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Tests.Workers;
using Federation.MinerAgent.Upstream;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.MinerAgent.Tests.Upstream;

public sealed class WorkersReportTests
{
    private const string Worker = "6b4b8d5e-5a5c-4f60-8f3c-1d4b2f0a9c11";

    private readonly ManualTimeProvider _time = new();
    private readonly SealScheduler _scheduler = new();
    private readonly WorkerPool _pool;

    public WorkersReportTests()
    {
        _pool = new WorkerPool(_scheduler, new PoolOptions(), _time, NullLogger<WorkerPool>.Instance);
        _pool.Connected(new WorkerRegister { WorkerId = Worker, Hostname = "h", Phases = { "PC1" } },
            new FakeChannel());
    }

    [Fact]
    public async Task Collect_WorkerTellsItsProgress_IsThereWithTheTimeThatIsLeft()
    {
        await StartAsync();
        Assert.Equal((-1, "", 0, 0), Progress());
        _pool.Progressed(Worker, Told(0.5, 0.01, 50));
        Assert.Equal((0.5, "layer 1/2", 0.01, 50), Progress());
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((0.5, "layer 1/2", 0.01, 30), Progress());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, Progress().Remaining);
    }

    [Theory]
    [InlineData(1.5, 0, 0)]
    [InlineData(-0.5, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0.5, -1, 0)]
    [InlineData(0.5, double.PositiveInfinity, 0)]
    [InlineData(0.5, 0, double.NaN)]
    [InlineData(0.5, 0, -1)]
    public async Task Collect_WorkerTellsWhatNoPhaseSays_IsLeftOut(double fraction, double perSecond, double remaining)
    {
        await StartAsync();
        _pool.Progressed(Worker, Told(fraction, perSecond, remaining));
        Assert.Equal((-1, "", 0, 0), Progress());
    }

    [Theory]
    [InlineData("a\u001b[2J")]
    [InlineData("ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss")]
    public async Task Collect_StageIsNoStage_IsLeftOut(string stage)
    {
        await StartAsync();
        var told = Told(0.5, 0, 0);
        told.Stage = stage;
        _pool.Progressed(Worker, told);
        Assert.Equal((-1, "", 0, 0), Progress());
    }

    [Fact]
    public async Task Collect_MoreWantedThanThereIsRoom_IsAssignedInTurn()
    {
        await StartAsync();
        using var stop = new CancellationTokenSource();
        var waiting = _scheduler.ReserveAsync(new PhaseRequest(8, "PC1", 1), stop.Token);
        var reply = WorkersReport.Collect(3, _pool, _scheduler, _time);
        Assert.Equal(3UL, reply.Id);
        Assert.Equal([(7UL, 0), (8UL, 2)], reply.Tasks.Select(task => (task.Sector, task.RunWait)));
        Assert.Equal("h", Assert.Single(reply.Workers).Hostname);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    // What is shown is what the scheduler gives out: never more than the widest vectors, and one lane is none.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(8, 8, 8)]
    [InlineData(40, 16, 16)]
    public void Collect_WorkerWithLanes_ShowsThoseThatCanBeUsed(uint announced, uint lanes, uint slots)
    {
        const string id = "0d3c1f5e-52b4-4b69-a1c5-6e3f5d0a7b22";
        _pool.Connected(
            new WorkerRegister
            {
                WorkerId = id, Hostname = "l", Phases = { "PC1" }, Pc1Lanes = announced, Pc1LanesMemory = 1UL << 40,
            },
            new FakeChannel());
        var worker = WorkersReport.Collect(1, _pool, _scheduler, _time).Workers.Single(worker => worker.Id == id);
        Assert.Equal((lanes, slots), (worker.Pc1Lanes, worker.Slots["PC1"]));
        Assert.Equal(slots + 1, _scheduler.TotalSlots()["PC1"]);
    }

    private static TaskProgress Told(double fraction, double perSecond, double remaining) => new()
    {
        TaskId = "t",
        Stage = "layer 1/2",
        Fraction = fraction,
        PerSecond = perSecond,
        RemainingSeconds = remaining,
    };

    private async Task StartAsync()
    {
        var slot = await _scheduler.ReserveAsync(new PhaseRequest(7, "PC1", 1), CancellationToken.None)
            .WaitAsync(TimeSpan.FromMinutes(1));
        _pool.Start(slot, new Assign { TaskId = "t", Sector = 7, Epoch = 2, Order = 3, Phase = "PC1",
            Attempt = "2-1" });
    }

    private (double Fraction, string Stage, double PerSecond, double Remaining) Progress()
    {
        var task = Assert.Single(WorkersReport.Collect(1, _pool, _scheduler, _time).Tasks);
        return (task.Fraction, task.Stage, task.PerSecond, task.RemainingSeconds);
    }
}
