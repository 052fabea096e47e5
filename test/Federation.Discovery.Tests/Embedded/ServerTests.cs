using System.Net;
using Federation.Discovery.Embedded;
using Federation.Discovery.Etcd;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Embedded;

public sealed class ServerTests : IAsyncLifetime
{
    private EmbeddedStore _store = null!;

    public async Task InitializeAsync() => _store = await EmbeddedStore.OpenAsync(new FaultyFiles());

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Start_PortInUse_SaysWhichWithRemedy()
    {
        await using var first = await EmbeddedStoreServer.StartAsync(_store, new IPEndPoint(IPAddress.Loopback, 0));
        var refusal = await Assert.ThrowsAsync<StoreListenException>(
            () => EmbeddedStoreServer.StartAsync(_store, first.EndPoint));
        Assert.Contains(first.EndPoint.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[SealAgent] StoreListen", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressOfAnotherMachine_SaysSoWithRemedy()
    {
        var elsewhere = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0);
        var refusal = await Assert.ThrowsAsync<StoreListenException>(
            () => EmbeddedStoreServer.StartAsync(_store, elsewhere, allowInsecure: true));
        Assert.Contains("[SealAgent] StoreListen", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ReachableAddressWithoutTls_IsRefusedUnlessAskedForByName()
    {
        var any = new IPEndPoint(IPAddress.Any, 0);
        await Assert.ThrowsAsync<ArgumentException>(() => EmbeddedStoreServer.StartAsync(_store, any));
        await using var insecure = await EmbeddedStoreServer.StartAsync(_store, any, allowInsecure: true);
        Assert.NotEqual(0, insecure.EndPoint.Port);
    }

    [Fact]
    public async Task Start_MutualTls_LetsInOnlyWhoTheRootKnows()
    {
        using var ours = new TestCertificates();
        using var others = new TestCertificates();
        var server = ours.Issue();
        await using var listening =
            await EmbeddedStoreServer.StartAsync(_store, new IPEndPoint(IPAddress.Loopback, 0), server);
        var address = listening.EndPoint.ToString();
        var options = new EtcdStoreOptions { Tls = ours.Issue(), StartTimeout = Wait.Limit };
        var refused = options with { StartTimeout = TimeSpan.FromSeconds(2) };

        await using var client = await EtcdStore.ConnectAsync([address], options).BoundAsync();
        await using var lease = await client.GrantLeaseAsync(TimeSpan.FromSeconds(30), CancellationToken.None)
            .BoundAsync();
        var range = await client.RangeAsync(new RangeQuery("", true), CancellationToken.None).BoundAsync();

        Assert.Empty(range.Entries);
        await Assert.ThrowsAsync<NoEndpointsException>(
            () => EtcdStore.ConnectAsync([address], refused with { Tls = others.Issue() }).BoundAsync());
        await Assert.ThrowsAsync<NoEndpointsException>(
            () => EtcdStore.ConnectAsync([address], refused with { Tls = null }).BoundAsync());
    }
}
