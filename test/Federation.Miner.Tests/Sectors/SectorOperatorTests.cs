using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorOperatorTests
{
    [Fact]
    public async Task Remove_ProvingSector_DeletesItsFilesInItsRegionAndItsLog()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync();
        await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.Remove));
        var offer = Assert.Single(await world.OffersAsync());
        Assert.Equal(["RM"], offer.Order.Phases);
        Assert.Equal(5u, offer.Order.Number);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Removed, await world.StateAsync(sector));
        Assert.Equal(1, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("RM")));
        Assert.Empty(await world.LogAsync(sector));
        Assert.Single(world.Store.Dump());
    }

    [Fact]
    public async Task Remove_SectorThatNobodyTook_IsRemovedAtOnce()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.Remove));
        await world.StepAsync(sector);
        Assert.Equal(SectorStates.Removed, await world.StateAsync(sector));
        Assert.Empty(await world.OffersAsync());
    }

    [Fact]
    public async Task ForceState_BackToPreCommit1AfterThePreCommit_ComesOutTheSameWithoutASecondMessage()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.Committing);
        var before = await world.SectorAsync(sector);
        await world.ApplyAsync(sector,
            new SectorStep.Move(SectorEvent.ForceState) { Forced = SectorStates.PreCommit1 });
        await world.SettleAsync();
        var after = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.Proving, before.CommR, before.Ticket), (after.State, after.CommR, after.Ticket));
        Assert.Equal(2, world.Chain.Messages.Count);
    }

    [Fact]
    public async Task ForceState_StateThatNothingDrives_WaitsForAnOperatorAndSaysSo()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.ForceState) { Forced = "Available" });
        var record = await world.SectorAsync(sector);
        Assert.Equal(("Available", true), (record.State, record.NeedsOperator));
        Assert.Contains("nothing drives", record.LastError, StringComparison.Ordinal);
    }
}
