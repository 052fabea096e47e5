using Federation.Discovery.Store;
using Federation.Miner.Sectors;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorFailureTests
{
    [Fact]
    public async Task Phase_KeepsFailing_AttemptsRunOutAndTheSectorWaitsForAnOperator()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        world.FailAll(1);
        await world.SettleAsync(3_000);

        var record = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.AddPieceFailed, true), (record.State, record.NeedsOperator));
        Assert.Contains("AP failed on a1", record.LastError, StringComparison.Ordinal);
        Assert.Equal(6u, record.Failures[SectorStates.AddPieceFailed]);
        world.Pass(TimeSpan.FromDays(30), 1);
        Assert.False(await world.StepAsync(sector));

        world.FailAll(0);
        await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.OperatorRetry));
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
    }

    [Fact]
    public async Task Phase_NobodyTakesIt_EndsInAFailureThatNamesWhatWasWaitedFor()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        Assert.False(await world.StepAsync(sector));
        world.Pass(TimeSpan.FromHours(73), 1);
        await world.StepAsync(sector);
        var record = await world.SectorAsync(sector);
        Assert.Equal(SectorStates.AddPieceFailed, record.State);
        Assert.Equal("waited 72 h for AP to start at any agent: can not found any server", record.LastError);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
    }

    [Theory]
    [InlineData("queue/1")]
    [InlineData("claims/1")]
    [InlineData("jobs/east/1")]
    [InlineData("reports/east/1")]
    public async Task Record_OfOthersCannotBeRead_SectorWaitsForAnOperatorWithTheKeyNamed(string key)
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.Agents[0].ActAsync();
        await world.Agents[0].ActAsync();
        var garbage = new PutOp(world.Board.Keys.Root + key, "{"u8.ToArray());
        await world.Store.TxnAsync(new StoreTxn([], [garbage], []), default);
        await world.StepAsync(sector);
        var record = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.FailedUnrecoverable, true), (record.State, record.NeedsOperator));
        Assert.Contains(key, record.LastError, StringComparison.Ordinal);
        Assert.False(await world.StepAsync(sector));
    }

    [Fact]
    public async Task Phase_BeginsAfterALongQueue_HasItsWholeTimeFromThere()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.StepAsync(sector);
        world.Pass(TimeSpan.FromHours(71), 1);
        await world.StepAsync(sector);
        await world.Agents[0].ActAsync();
        await world.Agents[0].ActAsync();
        await world.StepAsync(sector);
        world.Time.Advance(TimeSpan.FromHours(7.9));
        await world.StepAsync(sector);
        Assert.Equal(SectorStates.Packing, await world.StateAsync(sector));

        world.Time.Advance(TimeSpan.FromHours(0.2));
        await world.StepAsync(sector);
        var record = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.AddPieceFailed, "waited 8 h for AP to end at agent a1"),
            (record.State, record.LastError));
    }

    [Fact]
    public async Task Ticket_TooOldByTheEndOfEveryPreCommit2_AttemptsRunOut()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        foreach (var agent in world.Agents)
        {
            agent.Spoil = report => world.Chain.Advance(report.Phase == "PC2" ? 500 : 0);
        }

        await world.SettleAsync(3_000);
        var record = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.SealPreCommit1Failed, true), (record.State, record.NeedsOperator));
        Assert.Contains("grew too old before the pre-commit", record.LastError, StringComparison.Ordinal);
        Assert.Equal(5, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("PC2")));
        Assert.Empty(world.Chain.Messages);
    }

    [Fact]
    public async Task Seed_ChainStandsStill_AttemptsRunOutAndTheCauseIsNamed()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.WaitSeed);
        for (var hour = 0; hour < 100; hour++)
        {
            world.Time.Advance(TimeSpan.FromHours(1));
            await world.StepAsync(sector);
        }

        var record = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.PreCommitFailed, true), (record.State, record.NeedsOperator));
        Assert.Contains("the chain has not reached the seed's epoch", record.LastError, StringComparison.Ordinal);

        await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.OperatorRetry));
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal(2, world.Chain.Messages.Count);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public async Task Report_GivesNoDuration_SealsAndRecordsZero(double seconds)
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        foreach (var agent in world.Agents)
        {
            agent.Spoil = report => report.Seconds = seconds;
        }

        await world.SettleAsync();
        var record = await world.SectorAsync(sector);
        Assert.Equal(SectorStates.Proving, record.State);
        Assert.All(record.PhaseSeconds.Values, static value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task Report_CommitmentsInCapitals_AreRecordedAsTheChainHasThem()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        foreach (var agent in world.Agents)
        {
            agent.Spoil = static report => (report.CommD, report.CommR) = report.Phase switch
            {
                "AP" => (report.CommD.ToUpperInvariant(), ""),
                "PC2" => (report.CommD, report.CommR.ToUpperInvariant()),
                _ => (report.CommD, report.CommR),
            };
        }

        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
    }

    [Fact]
    public async Task Record_OfAnotherSector_SectorWaitsForAnOperatorWithTheKeyNamed()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.Agents[0].ActAsync();
        var key = world.Board.Keys.Job("east", sector);
        var strange = new PutOp(key, "{\"version\":1,\"sector\":\"9\",\"agent\":\"a1\"}"u8.ToArray());
        await world.Store.TxnAsync(new StoreTxn([], [strange], []), default);
        await world.StepAsync(sector);
        var record = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.FailedUnrecoverable, true), (record.State, record.NeedsOperator));
        Assert.Contains(key, record.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SectorStates.Proving)]
    [InlineData(SectorStates.Removed)]
    public async Task Record_CannotBeReadAfterTheEnd_SectorStaysAsItIs(string end)
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.ApplyAsync(sector, new SectorStep.Move(SectorEvent.ForceState) { Forced = end });
        var garbage = new PutOp(world.Board.Keys.QueueOf(sector), "{"u8.ToArray());
        await world.Store.TxnAsync(new StoreTxn([], [garbage], []), default);
        Assert.False(await world.StepAsync(sector));
        Assert.Equal(end, await world.StateAsync(sector));
    }
}
