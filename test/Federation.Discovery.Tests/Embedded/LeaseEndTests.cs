using Federation.Discovery.Embedded;
using Federation.Discovery.Testing;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;

namespace Federation.Discovery.Tests.Embedded;

/// <summary>The store ends leases by itself, one after the other, while other things happen.</summary>
public sealed class LeaseEndTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly FaultyFiles _disk = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _mayPass = new(0);

    public void Dispose()
    {
        _arrived.Dispose();
        _mayPass.Dispose();
    }

    [Fact]
    public async Task EndLeases_LeaseRevokedAndGrantedAnewMeanwhile_LivesOn()
    {
        await using var store = await StoreWithTwoLeasesThatEndAsync();

        // The end of the first waits for the disk; the second is on the list of those that have ended.
        var revoked = store.LeaseRevokeAsync(new LeaseRevokeRequest { ID = 2 });
        var granted = store.LeaseGrantAsync(new LeaseGrantRequest { ID = 2, TTL = 10 });
        var put = store.PutAsync("leased", "again", 2);
        LetPass();
        await Task.WhenAll(revoked, granted, put).BoundAsync();

        // A further round of the loop begins only when the one that held the list is over.
        await store.LeaseGrantAsync(new LeaseGrantRequest { ID = 3, TTL = 2 }).BoundAsync();
        await Eventually.TrueAsync(async () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await store.LeaseKeepAliveAsync(new LeaseKeepAliveRequest { ID = 2 }).BoundAsync();
            return (await store.LeaseLeasesAsync().BoundAsync()).Leases.All(static lease => lease.ID != 3);
        });
        Assert.Equal("again", await store.GetAsync("leased"));
    }

    [Fact]
    public async Task Dispose_WhileLeasesEnd_IsQuiet()
    {
        var store = await StoreWithTwoLeasesThatEndAsync();
        var late = store.PutAsync("late", "1");
        var disposed = store.DisposeAsync().AsTask();
        _mayPass.Release();
        Assert.True(await _arrived.WaitAsync(Wait.Limit));
        LetPass();
        await disposed.BoundAsync();
        await late.BoundAsync();
        await using var again = await EmbeddedStore.OpenAsync(_disk);
        Assert.Equal("1", await again.GetAsync("late"));
    }

    /// <summary>Leases 1 and 2 have run out at the same moment, and the record of the first one's end is held at the
    /// disk.</summary>
    private async Task<EmbeddedStore> StoreWithTwoLeasesThatEndAsync()
    {
        var store = await EmbeddedStore.OpenAsync(_disk, new EmbeddedStoreOptions { TimeProvider = _time });
        await store.LeaseGrantAsync(new LeaseGrantRequest { ID = 1, TTL = 10 }).BoundAsync();
        await store.LeaseGrantAsync(new LeaseGrantRequest { ID = 2, TTL = 10 }).BoundAsync();
        _disk.OnSync = () =>
        {
            _arrived.Release();
            Assert.True(_mayPass.Wait(Wait.Limit));
        };
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(await _arrived.WaitAsync(Wait.Limit));
        return store;
    }

    private void LetPass()
    {
        _disk.OnSync = null;
        _mayPass.Release(100);
    }
}
