using Federation.MinerAgent.Tests.Simulation;

namespace Federation.MinerAgent.Tests.Jobs;

public sealed class JobSetTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    [Fact]
    public void RunAsync_OneAgentTwoWorkers_TakesEverySectorThroughAllOrders() => SimLoop.Run(async loop =>
    {
        using var stop = new CancellationTokenSource();
        var world = new SimWorld(loop, 1);
        var (files, outbox) = (new SimFiles(), new SimOutbox());
        var agent = new SimAgent(world, "a", files, outbox);
        await loop.Until(() => agent.Jobs.Ready.IsCompleted);
        foreach (var id in new[] { "w1", "w2" })
        {
            new SimWorker(loop, files, id, _ => TimeSpan.FromSeconds(3)).Connect(agent);
        }

        var side = Task.WhenAll(
            world.WatchHistoryAsync(stop.Token), world.PlayMinerAsync(TimeSpan.FromMinutes(2), stop.Token));
        for (var sector = 0UL; sector < 4; sector++)
        {
            await world.RegisterAsync(sector);
        }

        await loop.Until(() => world.Finished == 4);
        await loop.Delay(TimeSpan.FromSeconds(5));
        Assert.Equal(4 * 6, world.Accepted.Count);
        Assert.Empty(files.Attempts);
        Assert.Empty(outbox.Entries);
        Assert.Equal(0, agent.Jobs.Count);
        await agent.KillAsync();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => side);
    }, Limit);
}
