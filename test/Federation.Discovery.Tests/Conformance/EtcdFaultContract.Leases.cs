using System.Diagnostics;
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
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client = await ServerFixture.ConnectAsync(proxy.Address);
        // Known after 10 s without an answer: 5 s are left to look at the key.
        var lease = await client.GrantLeaseAsync(TimeSpan.FromSeconds(15), None).BoundAsync();
        await PutAsync("leased", lease.Id);
        proxy.Refuse(true);
        proxy.Cut();

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
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client = await ServerFixture.ConnectAsync(proxy.Address);
        // Renewed every 4 s and given up after 8 s without: the cuts go on for longer than that.
        await using var lease = await client.GrantLeaseAsync(TimeSpan.FromSeconds(12), None).BoundAsync();
        await PutAsync("leased", lease.Id);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(900));
        for (var i = 0; i < 11; i++)
        {
            await timer.WaitForNextTickAsync().AsTask().BoundAsync();
            proxy.Cut();
        }

        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Single((await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None).BoundAsync()).Entries);
    }

    [StoreFact]
    public async Task Lease_RevokedByAnother_IsLostAtTheNextRenewal()
    {
        await using var client = await ServerFixture.ConnectAsync(fixture.Address);
        // Renewed at a third of its time, given up by the clock at two: what is known before 12 s came from the store.
        var lease = await client.GrantLeaseAsync(TimeSpan.FromSeconds(18), None).BoundAsync();
        var watch = Stopwatch.StartNew();
        await fixture.Leases.LeaseRevokeAsync(new LeaseRevokeRequest { ID = lease.Id }).ResponseAsync.BoundAsync();
        await AwaitLostAsync(lease);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(11.8));
        await lease.DisposeAsync();
    }

    [StoreFact]
    public async Task Lease_NotRenewedOnTheWire_ExpiresAndAnswersTtlZero()
    {
        var granted = await fixture.Leases.LeaseGrantAsync(new LeaseGrantRequest { TTL = 1 })
            .ResponseAsync.BoundAsync();
        Assert.Equal(2, granted.TTL);
        await PutAsync("leased", granted.ID);
        await Eventually.TrueAsync(async () =>
            (await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None)).Entries.Count == 0);
        using var call = fixture.Leases.LeaseKeepAlive();
        await call.RequestStream.WriteAsync(new LeaseKeepAliveRequest { ID = granted.ID }).BoundAsync();
        Assert.True(await call.ResponseStream.MoveNext().BoundAsync());
        Assert.Equal(0, call.ResponseStream.Current.TTL);
    }

    private static async Task AwaitLostAsync(ILease lease)
    {
        var lost = new TaskCompletionSource();
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.BoundAsync();
    }
}
