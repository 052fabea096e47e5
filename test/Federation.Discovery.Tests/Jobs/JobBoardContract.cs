using Federation.Discovery.Jobs;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using static Federation.Discovery.Tests.Support.BoardExtensions;

namespace Federation.Discovery.Tests.Jobs;

/// <summary>The board's laws, on every backend.</summary>
public abstract partial class JobBoardContract(StoreFixture fixture)
{
    private readonly JobBoard _board = new(fixture.Store, StoreFixture.NewKeys());

    [StoreFact]
    public async Task Claim_OfferedJob_MovesItFromQueueToJobOnLease()
    {
        await using var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));

        var won = await _board.ClaimedAsync(offer, Agent("a"), lease);

        Assert.Equal((1UL, "a", "repository-a"),
            (won.Job.Record.Epoch, won.Job.Record.Agent, won.Job.Record.AgentRepository));
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
            await _board.ClaimAsync(offer, Agent("a"), new UnawareLease(lease.Id), CancellationToken.None)
                .BoundAsync());
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
}
