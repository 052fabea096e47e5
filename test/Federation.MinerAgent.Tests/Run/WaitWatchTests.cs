using Federation.Discovery.Testing;
using Federation.MinerAgent.Run;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Tests.Simulation;
using Federation.Proto.Records;
using Federation.Testing;

namespace Federation.MinerAgent.Tests.Run;

/// <summary>A phase that no connected worker runs is told, once, and a worker that comes later takes it.</summary>
public sealed class WaitWatchTests
{
    private const string OfSector7 =
        "sector 7 waits for C2: no connected worker of region east runs C2; start one at agent a with --commit";

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLog _log = new();
    private readonly SealScheduler _scheduler = new();

    [Fact]
    public async Task Look_NobodyRunsIt_IsToldOnceAndAgainOnlyAfterSomebodyDid()
    {
        using var stop = new CancellationTokenSource();
        var watch = new WaitWatch(_scheduler, "east", "a", _time, _log);
        Connect("w1", "PC1");
        var waiting = _scheduler.ReserveAsync(new PhaseRequest(7, "C2", 1), stop.Token);

        Assert.Empty(After(watch, 9));
        Assert.Equal([OfSector7], After(watch, 1));
        Assert.Empty(After(watch, 3600));

        Connect("w2", "C2");
        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        Assert.Empty(After(watch, 10));

        _scheduler.Disconnect("w2");
        var again = _scheduler.ReserveAsync(new PhaseRequest(7, "C2", 1), stop.Token);
        Assert.Empty(After(watch, 1));
        Assert.Equal([OfSector7], After(watch, 10));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Slots that are taken come free by themselves, and a worker that is started anew comes back.</summary>
    [Fact]
    public async Task Look_WorkerIsBusyOrAwayForAMoment_IsNotTold()
    {
        var watch = new WaitWatch(_scheduler, "east", "a", _time, _log);
        Connect("w1", "C2");
        using var taken = await _scheduler.ReserveAsync(new PhaseRequest(6, "C2", 1), default)
            .WaitAsync(TimeSpan.FromSeconds(30));
        var waiting = _scheduler.ReserveAsync(new PhaseRequest(7, "C2", 1), default);

        Assert.Empty(After(watch, 3600));
        _scheduler.Disconnect("w1");
        Assert.Equal([7UL], _scheduler.WaitingInVain().Select(static request => request.Sector));
        Assert.Empty(After(watch, 9));
        Connect("w1", "C2");
        Assert.Empty(_scheduler.WaitingInVain());
        Assert.Empty(After(watch, 3600));

        taken.Dispose();
        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public void HeldSector_ItsLaterPhaseHasNoWorker_WaitsVisiblyAndGoesOnWithTheFirstThatComes() => SimLoop.Run(
        async loop =>
        {
            using var scene = new SimScene(loop);
            var watch = new WaitWatch(scene.Agent.Scheduler, scene.World.Region, "a", loop.Time, _log);
            scene.Worker.Phases = ["C1"];
            await loop.Until(() => scene.Agent.Jobs.Ready.IsCompleted);
            scene.Worker.Connect(scene.Agent);
            await scene.World.RegisterAsync(7, "C1", "C2");
            await loop.Until(() => scene.Agent.Scheduler.WaitingInVain().Count == 1);

            for (var second = 0; second < 60; second++)
            {
                watch.Look();
                await loop.Delay(TimeSpan.FromSeconds(1));
            }

            Assert.Equal(
                OfSector7.Replace("east", scene.World.Region, StringComparison.Ordinal),
                Assert.Single(_log.Lines).Text);
            var later = scene.NewWorker("w2");
            later.Phases = ["C2"];
            later.Connect(scene.Agent);
            await scene.AwaitAsync(PhaseState.Done, "C2");
            Assert.Empty(scene.Agent.Scheduler.WaitingInVain());
            Assert.Equal(["C1", "C2"], scene.Starts.Select(static task => task.Phase));
            await scene.Agent.KillAsync();
        },
        TimeSpan.FromHours(2));

    private List<string> After(WaitWatch watch, int seconds)
    {
        var before = _log.Lines.Length;
        watch.Look();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        watch.Look();
        return [.. _log.Lines[before..].Select(static line => line.Text)];
    }

    private void Connect(string worker, string phase) => _scheduler.Connect(
        new WorkerCapacity(worker, new HashSet<string> { phase }, new Dictionary<string, uint>(), 0));
}
