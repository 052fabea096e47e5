using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using static Federation.Discovery.Tests.Support.BoardExtensions;

namespace Federation.Discovery.Tests.Jobs;

/// <summary>The board's laws, on every backend.</summary>
public abstract class JobBoardContract(StoreFixture fixture)
{
    private readonly JobBoard _board = new(fixture.Store, StoreFixture.NewKeys());

    [StoreFact]
    public async Task Claim_OfferedJob_MovesItFromQueueToJobOnLease()
    {
        await using var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));

        var won = await _board.ClaimedAsync(offer, Agent("a"), lease);

        Assert.Equal((1UL, "a", "repository-a"), (won.Job.Record.Epoch, won.Job.Record.Agent, won.Job.Record.AgentRepository));
        Assert.Null(won.Report);
        Assert.Null(await _board.ReadAsync<QueueRecord>(offer.Key));
        var job = await _board.ReadAsync<JobRecord>(_board.Keys.Job("north", 7));
        Assert.Equal((won.Job.ModRevision, won.Job.Record), (job!.ModRevision, job.Record));
        Assert.Equal(offer.Record.Order, job.Record.Order);
        Assert.Equal(offer.Record.Pieces, job.Record.Pieces);
        var claim = await _board.ReadAsync<ClaimRecord>(_board.Keys.Claim(7));
        Assert.Equal((lease.Id, 1UL, "a"), (claim!.LeaseId, claim.Record.Epoch, claim.Record.Agent));
    }

    [StoreFact]
    public async Task Claim_SecondAgent_LosesAndChangesNothing()
    {
        await using var first = await _board.LeaseAsync();
        await using var second = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));
        var won = await _board.ClaimedAsync(offer, Agent("a"), first);

        var lost = Assert.IsType<ClaimResult.Lost>(
            await _board.ClaimAsync(offer, Agent("b"), second, CancellationToken.None).BoundAsync());

        Assert.Contains("'a'", lost.Reason, StringComparison.Ordinal);
        Assert.Equal(won.Job.ModRevision, (await _board.ReadAsync<JobRecord>(won.Job.Key))!.ModRevision);
    }

    [StoreFact]
    public async Task Claim_OfferOfAnotherRegion_IsABrokenContract()
    {
        await using var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7, "south"));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _board.ClaimAsync(offer, Agent("a"), lease, CancellationToken.None).BoundAsync());
    }

    [StoreFact]
    public async Task Claim_RevokedLease_IsLost()
    {
        var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));
        await lease.DisposeAsync();

        Assert.IsType<ClaimResult.Lost>(
            await _board.ClaimAsync(offer, Agent("a"), new UnawareLease(lease.Id), CancellationToken.None).BoundAsync());
        Assert.NotNull(await _board.ReadAsync<QueueRecord>(offer.Key));
    }

    [StoreFact]
    public async Task Register_Twice_IsRefused()
    {
        await _board.RegisteredAsync(Offer(7));
        Assert.False(await _board.TryCommitAsync(_board.Register(Offer(7))));
    }

    [StoreFact]
    public async Task Register_HeldJob_IsRefused()
    {
        await using var lease = await _board.LeaseAsync();
        await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        Assert.False(await _board.TryCommitAsync(_board.Register(Offer(7))));
    }

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

    [StoreFact]
    public async Task Adopt_SameRepositoryAfterRestart_KeepsEpochAndReport()
    {
        await using var old = await _board.LeaseAsync();
        await using var fresh = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), old);
        var report = await _board.ReportAsync(won.Job, null, old, Phase("AP", PhaseState.Running));

        var adopted = Assert.IsType<ClaimResult.Won>(
            await _board.AdoptAsync(won.Job, Agent("a"), fresh, CancellationToken.None).BoundAsync());

        Assert.Equal(1UL, adopted.Job.Record.Epoch);
        Assert.Equal(Assert.IsType<ReportResult.Accepted>(report).Report.ModRevision, adopted.Report!.ModRevision);
        Assert.IsType<ReportResult.Stale>(await _board.ReportAsync(won.Job, adopted.Report, old, Phase("AP", PhaseState.Done)));
        Assert.IsType<ReportResult.Accepted>(
            await _board.ReportAsync(adopted.Job, adopted.Report, fresh, Phase("AP", PhaseState.Done)));
    }

    [StoreFact]
    public async Task Adopt_AnotherRepositoryOfTheSameName_IsLost()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        var impostor = new AgentIdentity("a", "north", "another-repository");
        Assert.IsType<ClaimResult.Lost>(
            await _board.AdoptAsync(won.Job, impostor, lease, CancellationToken.None).BoundAsync());
    }

    [StoreFact]
    public async Task Reoffer_ClaimStillHeld_IsRefused()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        Assert.False(await _board.TryCommitAsync(_board.Reoffer(won.Job)));
    }

    [StoreFact]
    public async Task ReofferAndAdopt_Racing_ExactlyOneHappens()
    {
        for (ulong sector = 0; sector < 20; sector++)
        {
            var old = await _board.LeaseAsync();
            await using var fresh = await _board.LeaseAsync();
            var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(sector)), Agent("a"), old);
            await old.DisposeAsync();

            var adopt = Task.Run(() => _board.AdoptAsync(won.Job, Agent("a"), fresh, CancellationToken.None));
            var reoffer = Task.Run(() => _board.CommitAsync(_board.Reoffer(won.Job), CancellationToken.None));
            var adopted = await adopt.BoundAsync() is ClaimResult.Won;
            var reoffered = (await reoffer.BoundAsync()).Applied;

            Assert.NotEqual(adopted, reoffered);
            var onOffer = await _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(sector)) is not null;
            var held = await _board.ReadAsync<ClaimRecord>(_board.Keys.Claim(sector)) is not null;
            Assert.Equal((reoffered, adopted), (onOffer, held));
        }
    }

    [StoreFact]
    public async Task Release_NothingDone_OffersToEveryRegionAndLeavesNothingBehind()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Running));

        Assert.True((await _board.ReleaseAsync(won.Job, lease, CancellationToken.None).BoundAsync()).Applied);

        var offer = (await _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(7)))!;
        Assert.Equal(("", 1UL), (offer.Record.Region, offer.Record.Epoch));
        Assert.Null(await _board.ReadAsync<JobRecord>(won.Job.Key));
        Assert.Null(await _board.ReadAsync<ReportRecord>(_board.Keys.Report("north", 7)));
        Assert.Null(await _board.ReadAsync<ClaimRecord>(_board.Keys.Claim(7)));
        var next = await _board.ClaimedAsync(offer, Agent("b", "south"), lease);
        Assert.Equal(2UL, next.Job.Record.Epoch);
    }

    [StoreFact]
    public async Task Release_PhaseDone_StaysInRegionWithReport()
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done));

        Assert.True((await _board.ReleaseAsync(won.Job, lease, CancellationToken.None).BoundAsync()).Applied);

        var offer = (await _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(7)))!;
        Assert.Equal("north", offer.Record.Region);
        var next = await _board.ClaimedAsync(offer, Agent("b"), lease);
        Assert.Equal(2UL, next.Job.Record.Epoch);
        Assert.Equal(PhaseState.Done, next.Report!.Record.Phases.Single().State);
    }

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

        var left = await _board.Store.RangeAsync(new RangeQuery(_board.Keys.Root, true), CancellationToken.None).BoundAsync();
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

    /// <summary>A program of version N handles what one of version N+1 wrote, all the way through the board.</summary>
    [StoreFact]
    public async Task Rewrites_MembersOfANewerVersion_AreKept()
    {
        var old = await _board.LeaseAsync();
        await using var lease = await _board.LeaseAsync();
        var key = _board.Keys.QueueOf(7);
        const string Newer = """
            {"version":9,"sector":"7","epoch":"0","newer":{"a":[1]},"spec":{"sector_size":"2048","mode":"x"},"order":{"number":1,"phases":["AP"],"hint":"h"}}
            """;
        var put = new PutOp(key, System.Text.Encoding.UTF8.GetBytes(Newer));
        await _board.Store.TxnAsync(new StoreTxn([], [put], []), CancellationToken.None).BoundAsync();

        var won = await _board.ClaimedAsync((await _board.ReadAsync<QueueRecord>(key))!, Agent("a"), old);
        AssertKept(won.Job.Original);
        await old.DisposeAsync();
        Assert.True(await _board.TryCommitAsync(_board.Reoffer(won.Job)));
        var offer = (await _board.ReadAsync<QueueRecord>(key))!;
        AssertKept(offer.Original);
        var again = await _board.ClaimedAsync(offer, Agent("b"), lease);
        AssertKept(again.Job.Original);
        Assert.Equal(("b", 2UL), (again.Job.Record.Agent, again.Job.Record.Epoch));

        static void AssertKept(ReadOnlyMemory<byte> json)
        {
            var root = System.Text.Json.JsonDocument.Parse(json).RootElement;
            Assert.Equal(9, root.GetProperty("version").GetInt32());
            Assert.Equal("[1]", root.GetProperty("newer").GetProperty("a").GetRawText());
            Assert.Equal("x", root.GetProperty("spec").GetProperty("mode").GetString());
            Assert.Equal("h", root.GetProperty("order").GetProperty("hint").GetString());
        }
    }
}
