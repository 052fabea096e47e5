using System.Net;
using Federation.Discovery.Embedded;
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
        var refusal = await Assert.ThrowsAsync<StoreListenException>(() => EmbeddedStoreServer.StartAsync(_store, first.EndPoint));
        Assert.Contains(first.EndPoint.ToString(), refusal.Message, StringComparison.Ordinal);
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
}
