using Federation.Discovery.Jobs;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using static Federation.Discovery.Tests.Support.BoardExtensions;

namespace Federation.Discovery.Tests.Jobs;

// A job comes back: to its own repository, to its region, or to everybody.
public abstract partial class JobBoardContract
{
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
        Assert.IsType<ReportResult.Stale>(
            await _board.ReportAsync(won.Job, adopted.Report, old, Phase("AP", PhaseState.Done)));
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
}
