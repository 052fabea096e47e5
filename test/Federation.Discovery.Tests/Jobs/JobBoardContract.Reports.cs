using Federation.Discovery.Jobs;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using static Federation.Discovery.Tests.Support.BoardExtensions;

namespace Federation.Discovery.Tests.Jobs;

// Results are accepted once, under the present order and epoch, from the holder.
public abstract partial class JobBoardContract
{
    [StoreFact]
    public async Task Report_FromHolder_IsAcceptedAndReplacesOnlyWhatWasSeen()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);

        var running = Assert.IsType<ReportResult.Accepted>(
            await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Running)));
        var done = Assert.IsType<ReportResult.Accepted>(
            await _board.ReportAsync(won.Job, running.Report, lease, Phase("AP", PhaseState.Done)));
        var stale = await _board.ReportAsync(won.Job, running.Report, lease, Phase("AP", PhaseState.Failed));

        Assert.Equal((1UL, 1U), (done.Report.Record.Epoch, done.Report.Record.Order));
        Assert.Equal(done.Report.ModRevision, Assert.IsType<ReportResult.Stale>(stale).Report!.ModRevision);
        var stored = await _board.ReadAsync<ReportRecord>(_board.Keys.Report("north", 7));
        Assert.Equal(PhaseState.Done, stored!.Record.Phases.Single().State);
        Assert.Equal(done.Report.ModRevision, stored.ModRevision);
    }

    [StoreFact]
    public async Task Report_AfterOrderChanged_IsStaleWithFreshJob()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        var order = new Order { Number = 2, Phases = { "PC1", "PC2" }, Ticket = "aa" };
        Assert.True(await _board.TryCommitAsync(_board.GiveOrder(won.Job, order)));

        var stale = Assert.IsType<ReportResult.Stale>(
            await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done)));

        Assert.Equal(order, stale.Job!.Record.Order);
        Assert.Equal(lease.Id, stale.Claim!.LeaseId);
        Assert.IsType<ReportResult.Accepted>(
            await _board.ReportAsync(stale.Job, stale.Report, lease, Phase("PC1", PhaseState.Running)));
    }

    [StoreFact]
    public async Task Report_AfterReofferAndNewClaim_IsStaleForTheOldEpoch()
    {
        var old = await _board.LeaseAsync();
        await using var lease = await _board.LeaseAsync();
        var first = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), old);
        var unaware = new UnawareLease(old.Id);
        await old.DisposeAsync();
        Assert.True(await _board.TryCommitAsync(_board.Reoffer(first.Job)));
        var offer = (await _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(7)))!;
        Assert.Equal(("north", 1UL), (offer.Record.Region, offer.Record.Epoch));

        var second = await _board.ClaimedAsync(offer, Agent("b"), lease);

        Assert.Equal(2UL, second.Job.Record.Epoch);
        var stale = Assert.IsType<ReportResult.Stale>(
            await _board.ReportAsync(first.Job, null, unaware, Phase("AP", PhaseState.Done)));
        Assert.Equal("b", stale.Claim!.Record.Agent);
        Assert.Null(stale.Report);
    }

    [StoreFact]
    public async Task Report_UndoingDone_IsABrokenContract()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        var done = Assert.IsType<ReportResult.Accepted>(
            await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done)));

        await Assert.ThrowsAsync<ArgumentException>(
            () => _board.ReportAsync(won.Job, done.Report, lease, Phase("AP", PhaseState.Running)));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _board.ReportAsync(won.Job, done.Report, lease, Phase("PC1", PhaseState.Running)));
    }

    [StoreFact]
    public async Task Report_LeaseKnownLost_IsRefusedLocally()
    {
        var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        await lease.DisposeAsync();
        Assert.IsType<ReportResult.LeaseLost>(
            await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done)));
    }
}
