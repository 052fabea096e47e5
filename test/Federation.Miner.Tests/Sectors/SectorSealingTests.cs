using Federation.Discovery.Store;
using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorSealingTests
{
    private static readonly string[] EventsOfASmoothSeal =
    [
        "StartCC", "Packed", "Ticket", "PreCommit1", "PreCommit2", "PreCommitBatchSent", "PreCommitLanded", "SeedReady",
        "Committed", "CommitAggregateSent", "Proving", "Finalized",
    ];

    [Fact]
    public async Task Sector_NothingGoesWrong_ProvesWithLotusEventsAndLeavesNoJob()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync();

        var record = await world.SectorAsync(sector);
        Assert.Equal(SectorStates.Proving, record.State);
        Assert.Equal((4u, 1ul, ""), (record.Order, record.Epoch, record.LastError));
        Assert.Equal(["AP", "C1", "FIN", "PC1", "PC2"], record.PhaseSeconds.Keys.Order());
        Assert.Equal(EventsOfASmoothSeal.Select(static name => $"event;sealing.Sector{name}"),
            await world.LogAsync(sector));
        Assert.Equal(2, world.Chain.Messages.Count);
        Assert.All(world.Store.Dump().Keys, static key => Assert.True(
            key.Contains("/sectors/", StringComparison.Ordinal)
                || key.Contains("/logs/", StringComparison.Ordinal), key));
        Assert.All(world.Store.Dump().Values, static value => Assert.True(value.Length <= 2048));
        Assert.Empty(world.Shelf.Held);
    }

    [Fact]
    public async Task Pledge_NumberTaken_IsRefused()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        Assert.False(await world.Writer.CreateAsync(sector, (await world.SectorAsync(sector)).Spec, default));
    }

    [Fact]
    public async Task Ticket_GrowsOldBeforePreCommit1_IsDrawnAnew()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.GetTicket);
        await world.StepAsync(sector);
        var first = await world.SectorAsync(sector);
        world.Chain.Advance(500);
        await world.StepAsync(sector);
        Assert.Equal(SectorStates.GetTicket, await world.StateAsync(sector));
        await world.SettleAsync();
        var record = await world.SectorAsync(sector);
        Assert.Equal(SectorStates.Proving, record.State);
        Assert.True(record.TicketEpoch >= first.TicketEpoch + 500);
        Assert.Equal(2, world.Chain.Messages.Count);
    }

    [Fact]
    public async Task Order_DeletedFromTheStore_IsGivenAgain()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.Store.TxnAsync(new StoreTxn([], [new DeleteOp(world.Board.Keys.QueueOf(sector))], []), default);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
    }
}
