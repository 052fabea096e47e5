using Federation.Discovery.Jobs;
using Federation.Discovery.Store;
using Federation.Discovery.Testing;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Records;
using static Federation.Discovery.Tests.Support.BoardExtensions;

namespace Federation.Discovery.Tests.Jobs;

/// <summary>The board when requests and replies get lost.</summary>
public sealed class JobBoardFaultTests
{
    private readonly InMemoryStore _store = new();
    private readonly JobBoard _board;

    public JobBoardFaultTests() => _board = new JobBoard(_store, new FederationKeys("t01000"));

    public static TheoryData<TxnFault> LostMessages => [TxnFault.ReplyLost, TxnFault.RequestLost];

    [Theory]
    [MemberData(nameof(LostMessages))]
    public async Task Claim_MessageLost_IsSettledAsWonOnce(TxnFault fault)
    {
        await using var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));
        FailOnce(fault);
        var won = await _board.ClaimedAsync(offer, Agent("a"), lease);
        Assert.Equal(1UL, won.Job.Record.Epoch);
        Assert.Equal(won.Job.ModRevision, (await _board.ReadAsync<JobRecord>(won.Job.Key))!.ModRevision);
    }

    [Theory]
    [MemberData(nameof(LostMessages))]
    public async Task Report_MessageLost_IsSettledAsAcceptedOnce(TxnFault fault)
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        FailOnce(fault);
        var accepted = Assert.IsType<ReportResult.Accepted>(
            await _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done)));
        var stored = await _store.RangeAsync(new RangeQuery(accepted.Report.Key), CancellationToken.None);
        Assert.Equal((1, accepted.Report.ModRevision), (stored.Entries[0].Version, stored.Entries[0].ModRevision));
    }

    [Theory]
    [MemberData(nameof(LostMessages))]
    public async Task Release_MessageLost_IsSettledAsApplied(TxnFault fault)
    {
        await using var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        FailOnce(fault);
        Assert.True((await _board.ReleaseAsync(won.Job, lease, CancellationToken.None).BoundAsync()).Applied);
    }

    [Theory]
    [MemberData(nameof(LostMessages))]
    public async Task Commit_MessageLost_AppliesOnce(TxnFault fault)
    {
        FailOnce(fault);
        var result = await _board.CommitAsync(WithSector("one"), CancellationToken.None).BoundAsync();
        Assert.True(result.Applied);
        var sector = await _store.RangeAsync(new RangeQuery(_board.Keys.Sector(7)), CancellationToken.None);
        Assert.Equal((1, result.Revision), (sector.Entries[0].Version, sector.Entries[0].ModRevision));
    }

    [Fact]
    public async Task Commit_ReplyLostAndJobClaimedMeanwhile_IsKnownAsApplied()
    {
        await using var lease = await _board.LeaseAsync();
        _store.OnTxn = _ =>
        {
            _store.OnTxn = _ =>
            {
                _store.OnTxn = null;
                var offer = _board.ReadAsync<QueueRecord>(_board.Keys.QueueOf(7)).GetAwaiter().GetResult()!;
                _board.ClaimedAsync(offer, Agent("a"), lease).GetAwaiter().GetResult();
                return TxnFault.None;
            };
            return TxnFault.ReplyLost;
        };
        Assert.True((await _board.CommitAsync(WithSector("one"), CancellationToken.None).BoundAsync()).Applied);
        Assert.Equal(1UL, (await _board.ReadAsync<JobRecord>(_board.Keys.Job("north", 7)))!.Record.Epoch);
    }

    [Fact]
    public async Task Commit_ReplyLostOfRefusedChange_IsRefused()
    {
        Assert.True(await _board.TryCommitAsync(WithSector("one")));
        FailOnce(TxnFault.ReplyLost);
        Assert.False((await _board.CommitAsync(WithSector("two"), CancellationToken.None).BoundAsync()).Applied);
    }

    [Fact]
    public async Task Claim_StoreUnavailable_IsCertainlyNotClaimed()
    {
        await using var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));
        FailOnce(TxnFault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _board.ClaimAsync(offer, Agent("a"), lease, CancellationToken.None).BoundAsync());
        Assert.NotNull(await _board.ReadAsync<QueueRecord>(offer.Key));
    }

    [Fact]
    public async Task Report_LeaseLostWhileOutcomeUnknown_SaysSo()
    {
        var lease = await _board.LeaseAsync();
        var won = await _board.ClaimedAsync(await _board.RegisteredAsync(Offer(7)), Agent("a"), lease);
        _store.OnTxn = _ => TxnFault.RequestLost;
        var report = _board.ReportAsync(won.Job, null, lease, Phase("AP", PhaseState.Done));
        _store.IsCutOff = true;
        _store.OnTxn = null;
        _store.ExpireLease(lease.Id);
        Assert.IsType<ReportResult.LeaseLost>(await report.BoundAsync());
    }

    /// <summary>Once a reply was lost, a store that is not reached no longer means that nothing was written.</summary>
    [Fact]
    public async Task Claim_ReplyLostAndStoreUnavailableAfterIt_IsSettledAsWon()
    {
        await using var lease = await _board.LeaseAsync();
        var offer = await _board.RegisteredAsync(Offer(7));
        FailInTurn(TxnFault.ReplyLost, TxnFault.Unavailable, TxnFault.RequestLost, TxnFault.Unavailable);
        var won = await _board.ClaimedAsync(offer, Agent("a"), lease);
        Assert.Equal(won.Job.ModRevision, (await _board.ReadAsync<JobRecord>(won.Job.Key))!.ModRevision);
    }

    [Fact]
    public async Task Commit_ReplyLostAndStoreUnavailableAfterIt_IsKnownAsApplied()
    {
        FailInTurn(TxnFault.ReplyLost, TxnFault.Unavailable);
        var result = await _board.CommitAsync(WithSector("one"), CancellationToken.None).BoundAsync();
        Assert.True(result.Applied);
    }

    private JobChange WithSector(string value)
    {
        var key = _board.Keys.Sector(7);
        var put = new PutOp(key, System.Text.Encoding.UTF8.GetBytes(value));
        return new JobChange([Guard.Absent(key)], [put]) + _board.Register(Offer(7));
    }

    private void FailOnce(TxnFault fault) => FailInTurn(fault);

    private void FailInTurn(params TxnFault[] faults)
    {
        var left = new Queue<TxnFault>(faults);
        _store.OnTxn = _ => left.TryDequeue(out var fault) ? fault : TxnFault.None;
    }
}
