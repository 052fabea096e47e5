using Federation.Chain;
using Federation.Discovery;
using Federation.Discovery.Store;
using Federation.Miner.Sectors;
using Federation.Proto.Records;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorMachineTests
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
            await LogAsync(world, sector));
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
        Assert.Empty(await OffersAsync(world));

        world.Time.Advance(TimeSpan.FromMinutes(0.2));
        await world.StepAsync(sector);
        Assert.Equal(("east", 1ul), Assert.Single(await OffersAsync(world)) is var offer ? (offer.Region, offer.Epoch)
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
    public async Task Phase_KeepsFailing_AttemptsRunOutAndTheSectorWaitsForAnOperator()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        FailAll(world, 1);
        await world.SettleAsync(3_000);

        var record = await world.SectorAsync(sector);
        Assert.Equal((SectorStates.AddPieceFailed, true), (record.State, record.NeedsOperator));
        Assert.Contains("AP failed on a1", record.LastError, StringComparison.Ordinal);
        Assert.Equal(6u, record.Failures[SectorStates.AddPieceFailed]);
        world.Pass(TimeSpan.FromDays(30), 1);
        Assert.False(await world.StepAsync(sector));

        FailAll(world, 0);
        await ApplyAsync(world, sector, new SectorStep.Move(SectorEvent.OperatorRetry));
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
    public async Task Chain_RefusesAndForgets_TheSameMessageIsPushedAgain()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.SubmitPreCommitBatch);
        await world.StepAsync(sector);
        var signed = (await world.SectorAsync(sector)).PrecommitMessage;
        Assert.NotEmpty(signed);
        Assert.Empty(world.Chain.Messages);
        world.RestartMiner();
        await world.SettleAsync();
        Assert.Equal(signed, world.Chain.Messages[0].Cid);
        Assert.Equal((2, 1), (world.Chain.Messages.Count, world.Chain.Messages[0].Submissions));
    }

    [Fact]
    public async Task Proof_LostBeforeTheCommit_IsAskedForAgain()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.SubmitCommitAggregate);
        world.Shelf.Discard(sector);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal(1, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("C1")));
    }

    [Fact]
    public async Task Commit_FailsOnChain_IsSentAgainAsANewMessage()
    {
        var world = new SectorWorld(seed: 7);
        var failed = false;
        world.Chain.ForceExit = message => message is ProveCommitMessage && !failed && (failed = true)
            ? ExitCode.IllegalState : null;
        var sector = await world.PledgeAsync();
        await world.SettleAsync();
        Assert.Equal(SectorStates.Proving, await world.StateAsync(sector));
        Assert.Equal([ExitCode.Ok, ExitCode.IllegalState, ExitCode.Ok],
            world.Chain.Messages.Select(static message => message.ExitCode));
    }

    [Fact]
    public async Task Remove_ProvingSector_DeletesItsFilesInItsRegionAndItsLog()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync();
        await ApplyAsync(world, sector, new SectorStep.Move(SectorEvent.Remove));
        var offer = Assert.Single(await OffersAsync(world));
        Assert.Equal(["RM"], offer.Order.Phases);
        Assert.Equal(5u, offer.Order.Number);
        await world.SettleAsync();
        Assert.Equal(SectorStates.Removed, await world.StateAsync(sector));
        Assert.Equal(1, world.Agents.Sum(static agent => agent.PhasesDone.GetValueOrDefault("RM")));
        Assert.Empty(await LogAsync(world, sector));
        Assert.Single(world.Store.Dump());
    }

    [Fact]
    public async Task Remove_SectorThatNobodyTook_IsRemovedAtOnce()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await ApplyAsync(world, sector, new SectorStep.Move(SectorEvent.Remove));
        await world.StepAsync(sector);
        Assert.Equal(SectorStates.Removed, await world.StateAsync(sector));
        Assert.Empty(await OffersAsync(world));
    }

    [Fact]
    public async Task ForceState_BackToPreCommit1AfterThePreCommit_ComesOutTheSameWithoutASecondMessage()
    {
        var world = new SectorWorld(seed: 7);
        var sector = await world.PledgeAsync();
        await world.SettleAsync(until: static sector => sector.State == SectorStates.Committing);
        var before = await world.SectorAsync(sector);
        await ApplyAsync(world, sector,
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
        await ApplyAsync(world, sector, new SectorStep.Move(SectorEvent.ForceState) { Forced = "Available" });
        var record = await world.SectorAsync(sector);
        Assert.Equal(("Available", true), (record.State, record.NeedsOperator));
        Assert.Contains("nothing drives", record.LastError, StringComparison.Ordinal);
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
    public void Cut_WhateverAnAgentWrote_IsOneLineOfAtMost503Bytes()
    {
        Assert.Equal("a b", SectorLogText.Cut("a\nb"));
        Assert.Equal(503, System.Text.Encoding.UTF8.GetByteCount(SectorLogText.Cut(new string('x', 9_000))));
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(
            SectorLogText.Cut(string.Concat(Enumerable.Repeat("🦊", 900)))) <= 503);
    }

    private static void FailAll(SectorWorld world, double rate)
    {
        foreach (var agent in world.Agents)
        {
            agent.FailureRate = rate;
        }
    }

    private static async Task ApplyAsync(SectorWorld world, ulong sector, SectorStep.Move move)
    {
        var region = (await world.SectorAsync(sector)).Region;
        var view = await new SectorReader(world.Board).ReadAsync(sector, region, default);
        Assert.True(await world.Writer.ApplyAsync(view!, move, default));
    }

    private static async Task<List<QueueRecord>> OffersAsync(SectorWorld world)
    {
        var offers = await world.Store.RangeAsync(new RangeQuery(world.Board.Keys.Queue, true), default);
        return [.. offers.Entries.Select(static entry => Versioned.From<QueueRecord>(entry).Record)];
    }

    private static async Task<List<string>> LogAsync(SectorWorld world, ulong sector)
    {
        var log = await world.Store.RangeAsync(new RangeQuery(world.Board.Keys.LogsOf(sector), true), default);
        return [.. log.Entries.Select(static entry => Versioned.From<LogRecord>(entry).Record.Kind)];
    }
}
