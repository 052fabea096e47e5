using Federation.Chain.Devnet;
using Federation.Chain.Testing;
using Federation.Discovery;
using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Miner.Sectors;
using Federation.Proofs;
using Federation.Proto.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorLoopTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Run_SectorsPledgedAndAgentsAtWork_AllProveByEventsAlone()
    {
        var keys = new FederationKeys("t01000");
        var store = new InMemoryStore();
        var board = new JobBoard(store, keys);
        var chain = new FakeChain(new DevnetOptions { SeedDelay = 3, EpochDuration = TimeSpan.FromHours(1) }, seed: 5);
        chain.Advance(5);
        var shelf = new FakeShelf();
        var index = new SectorIndex(keys);
        var writer = new SectorWriter(board, JobChange.None, TimeProvider.System, static () => 0.5);
        var handlers = new SectorHandlers(chain, shelf, new WaitLimits(), TimeProvider.System);
        var driver = new SectorDriver(
            board, new SectorReader(board), writer, handlers, GracePolicy.From(TimeSpan.FromMinutes(2)),
            NewOutage("the chain"), TimeProvider.System, NullLogger<SectorDriver>.Instance);
        var loop = new SectorLoop(
            board, chain, driver, index, NewOutage("the store"), TimeProvider.System, NullLogger<SectorLoop>.Instance);
        SimAgent[] agents =
        [
            new(store, board, shelf, "a", "east", new Random(1)), new(store, board, shelf, "b", "west", new Random(2)),
        ];

        using var stop = new CancellationTokenSource(Bound);
        var running = loop.RunAsync(stop.Token);
        var epochs = AdvanceAsync(chain, stop.Token);
        for (var sector = 1UL; sector <= 8; sector++)
        {
            Assert.True(await writer.CreateAsync(sector, SealSpecs.ForNew(SectorShape.FromSize(2048), 1000, chain.Parameters), default));
        }

        // Agents act on every change that they see, and the loop has to notice all by itself.
        var proven = 0;
        await foreach (var _ in store.WatchAsync(new WatchQuery(keys.Root, true, 1), stop.Token))
        {
            foreach (var agent in agents)
            {
                while (await agent.ActAsync())
                {
                }
            }

            // What the shelf received, the bulk service tells the loop.
            shelf.Held.ToList().ForEach(loop.Poke);
            // Counted in the store: the index hears of the last change a moment later, and none comes after it.
            var sectors = await store.RangeAsync(new RangeQuery(keys.Sectors, true), stop.Token);
            proven = sectors.Entries.Count(
                static entry => Versioned.From<SectorRecord>(entry).Record.State == SectorStates.Proving);
            if (proven == 8)
            {
                break;
            }
        }

        Assert.Equal(8, proven);
        Assert.Equal(16, chain.Messages.Count);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => epochs.WaitAsync(Bound));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Bound));
    }

    private static Outage NewOutage(string what) =>
        new(what, TimeProvider.System, static () => 0.5, NullLogger.Instance);

    private static async Task AdvanceAsync(FakeChain chain, CancellationToken stop)
    {
        using var epochs = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await epochs.WaitForNextTickAsync(stop))
        {
            chain.Advance();
        }
    }
}
