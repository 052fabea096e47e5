using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>Leases whose server is out of reach, now and then or for good.</summary>
public abstract partial class EtcdFaultContract
{
    [StoreFact]
    public async Task Lease_NoLongerReached_IsLostBeforeItEndsAtTheServer()
    {
        await using var clock = new PacedClock(PacedClock.Slow);
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client = await ServerFixture.ConnectAsync(clock, proxy.Address);
        var lease = await client.GrantLeaseAsync(TimeSpan.FromSeconds(15), None).BoundAsync();
        await PutAsync("leased", lease.Id);
        proxy.Refuse(true);
        proxy.Cut();

        // Two thirds of its time, by the client's clock only: at the server nearly all of it is left.
        clock.Advance(TimeSpan.FromSeconds(10));
        await AwaitLostAsync(lease);

        // Its holder knows while the key is still there; the key goes by itself.
        Assert.Equal("leased",
            Text((await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None).BoundAsync()).Entries.Single()));
        await Eventually.TrueAsync(async () =>
            (await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None)).Entries.Count == 0);
        await lease.DisposeAsync();
    }

    [StoreFact]
    public async Task Lease_ConnectionCutNowAndThen_LivesOn()
    {
        // Faster than the server's, so that a pause of the machine is short beside the lease's time there.
        await using var clock = new PacedClock(2);
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client = await ServerFixture.ConnectAsync(clock, proxy.Address);
        // Renewed every 8 s and given up after 16 s without: the cuts go on for longer than that.
        await using var lease = await client.GrantLeaseAsync(TimeSpan.FromSeconds(24), None).BoundAsync();
        await PutAsync("leased", lease.Id);
        for (var i = 0; i < 11; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1800), clock).BoundAsync();
            proxy.Cut();
        }

        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Single((await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None).BoundAsync()).Entries);
    }

    [StoreFact]
    public async Task Lease_RevokedByAnother_IsLostAtTheNextRenewal()
    {
        await using var clock = new PacedClock(PacedClock.Slow);
        await using var client = await ServerFixture.ConnectAsync(clock, fixture.Address);
        var start = clock.GetTimestamp();
        var lease = await client.GrantLeaseAsync(TimeSpan.FromSeconds(18), None).BoundAsync();
        await fixture.Leases.LeaseRevokeAsync(new LeaseRevokeRequest { ID = lease.Id }).ResponseAsync.BoundAsync();
        // Renewed at a third of its time, given up by the clock at two: what is known before came from the store.
        clock.Advance(TimeSpan.FromSeconds(6));
        await AwaitLostAsync(lease);
        Assert.InRange(clock.GetElapsedTime(start), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(11.9));
        await lease.DisposeAsync();
    }

    [StoreFact]
    public async Task Lease_NotRenewedOnTheWire_ExpiresAndAnswersTtlZero()
    {
        var granted = await GrantShortLeaseWithKeyAsync();
        Assert.Equal(2, granted.TTL);
        await Eventually.TrueAsync(async () =>
            (await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None)).Entries.Count == 0);
        using var call = fixture.Leases.LeaseKeepAlive();
        await call.RequestStream.WriteAsync(new LeaseKeepAliveRequest { ID = granted.ID }).BoundAsync();
        Assert.True(await call.ResponseStream.MoveNext().BoundAsync());
        Assert.Equal(0, call.ResponseStream.Current.TTL);
    }

    private async Task<LeaseGrantResponse> GrantShortLeaseWithKeyAsync()
    {
        LeaseGrantResponse granted = null!;
        await Eventually.TrueAsync(async () =>
        {
            granted = await fixture.Leases.LeaseGrantAsync(new LeaseGrantRequest { TTL = 1 })
                .ResponseAsync.BoundAsync();
            try
            {
                await PutAsync("leased", granted.ID);
                return true;
            }
            catch (LeaseNotFoundException)
            {
                // A pause between the two was longer than the lease.
                return false;
            }
        });
        return granted;
    }

    private static async Task AwaitLostAsync(ILease lease)
    {
        var lost = new TaskCompletionSource();
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.BoundAsync();
    }
}
