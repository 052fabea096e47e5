using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using static Federation.Discovery.Tests.Support.BoardExtensions;

namespace Federation.Discovery.Tests.Jobs;

// What the miner does with a job.
public abstract partial class JobBoardContract
{
    [StoreFact]
    public async Task GiveOrder_WrongNumber_IsABrokenContract()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        Assert.Throws<ArgumentException>(() => _board.GiveOrder(won.Job, new Order { Number = 3, Phases = { "PC1" } }));
        Assert.Throws<ArgumentException>(() => _board.GiveOrder(won.Job, new Order { Number = 1, Phases = { "PC1" } }));
        var raised = won.Job.Record.Order.Clone();
        raised.ProofWanted = 1;
        Assert.True(await _board.TryCommitAsync(_board.GiveOrder(won.Job, raised)));
    }

    [StoreFact]
    public async Task GiveOrder_JobOnOfferAgain_ReachesTheNextHolder()
    {
        var old = await _board.LeaseAsync();
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), old);
        await old.DisposeAsync();
        Assert.True(await _board.TryCommitAsync(_board.Reoffer(won.Job)));
        var job = (await _board.ReadAsync<JobRecord>(won.Job.Key))!;
        var offer = (await _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(7)))!;
        var order = new Order { Number = 2, Phases = { "PC1" } };
        Assert.Throws<ArgumentException>(() => _board.GiveOrder(job, order));

        Assert.True(await _board.TryCommitAsync(_board.GiveOrder(job, offer, order)));
        offer = (await _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(7)))!;
        Assert.Equal(order, (await _board.ClaimedAsync(offer, Agent("b"), lease)).Job.Record.Order);
    }

    [StoreFact]
    public async Task Finish_HeldJob_LeavesNothing()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done));

        Assert.True(await _board.TryCommitAsync(_board.Finish(won.Job)));

        var left = await _board.Store.RangeAsync(new RangeQuery(_board.Keys.Root, true), CancellationToken.None)
            .BoundAsync();
        Assert.Empty(left.Entries);
        var late = Assert.IsType<ReportResult.Stale>(
            await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done)));
        Assert.Equal((null, null, null), (late.Job, late.Claim, late.Report));
    }

    [StoreFact]
    public async Task Move_ByOperator_KeepsEpochAndFencesTheOldHolder()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        var order = new Order { Number = 2, Phases = { "AP" } };

        Assert.True(await _board.TryCommitAsync(_board.Move(won.Job, "south", order)));

        Assert.IsType<ReportResult.Stale>(await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done)));
        var offer = (await _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(7)))!;
        Assert.Equal(("south", 1UL), (offer.Record.Region, offer.Record.Epoch));
        Assert.Equal(2UL, (await _board.ClaimedAsync(offer, Agent("b", "south"), lease)).Job.Record.Epoch);
    }

    [StoreFact]
    public async Task Withdraw_ClaimedOffer_IsRefused()
    {
        await using var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));
        await _board.ClaimedAsync(offer, Agent("a"), lease);
        Assert.False(await _board.TryCommitAsync(_board.Withdraw(offer)));
    }
}
