using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

public sealed class LostAgentTests
{
    [Fact]
    public async Task LostAgent_StaysAway_JobIsOfferedInItsRegionOnlyAfterTheGrace()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.StepAsync(sector);
        await world.Agents[0].ActAsync();
        await world.StepAsync(sector);
        world.Agents[0].Die();

        await world.StepAsync(sector);
        world.Time.Advance(TimeSpan.FromMinutes(1.9));
        await world.StepAsync(sector);
        Assert.Empty(await world.OffersAsync());

        world.Time.Advance(TimeSpan.FromMinutes(0.2));
        await world.StepAsync(sector);
        Assert.Equal(("east", 1ul), Assert.Single(await world.OffersAsync()) is var offer ? (offer.Region, offer.Epoch)
            : default);
        Assert.False(await world.Agents[2].ActAsync());
        Assert.True(await world.Agents[1].ActAsync());
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal(2ul, (await world.SectorAsync(sector)).Epoch);
    }

    [Fact]
    public async Task LostAgent_BackWithinTheGrace_KeepsItsJobAndEpoch()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.Agents[0].ActAsync();
        world.Agents[0].Die();
        await world.StepAsync(sector);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Agents[0].ActAsync();
        await world.SettleAsync();
        Assert.Equal((SectorStates.Proving, 1ul), await world.SectorAsync(sector) is var record
            ? (record.State, record.Epoch) : default);
    }

    [Fact]
    public async Task LostAgent_WhileTheMinerWasAwayToo_JobIsFoundAndNotGivenTwice()
    {
        var world = new SectorWorld(seed: 7) { KnowsRegions = false };
        var sector = await world.PledgeAsync();
        await world.Agents[0].ActAsync();
        world.Agents[0].Die();
        world.RestartMiner();

        await world.StepAsync(sector);
        Assert.Empty(await world.OffersAsync());
        await world.Agents[0].ActAsync();
        await world.SettleAsync();
        Assert.Equal((SectorStates.Proving, 1ul, 4u), await world.SectorAsync(sector) is var record
            ? (record.State, record.Epoch, record.Order) : default);
    }

    [Fact]
    public async Task LostAgent_RemovedWhileTheMinerWasAway_ItsFilesAreDeletedInItsRegion()
    {
        var world = new SectorWorld(seed: 7) { KnowsRegions = false };
        var sector = await world.PledgeAsync();
        await world.Agents[2].ActAsync();
        world.Agents[2].Die();
        await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.Remove));
        await world.SettleAsync();
        Assert.Equal(SectorStates.Removed, await world.StateAsync(sector));
        Assert.Equal(1, world.Agents[2].PhasesDone.GetValueOrDefault("RM"));
    }
}
