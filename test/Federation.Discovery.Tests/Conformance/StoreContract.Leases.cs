using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Conformance;

public abstract partial class StoreContract
{
    [StoreFact]
    public async Task Lease_Disposed_TakesItsKeysInOneRevision()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), None).BoundAsync();
        await TxnAsync(Put("a", "1", lease.Id), Put("b", "1", lease.Id), Put("c", "1"));
        var before = (await AllAsync()).Revision;

        await lease.DisposeAsync();

        var after = await AllAsync();
        Assert.Equal(["c=1"], Texts(after));
        Assert.Equal(before + 1, after.Revision);
        Assert.True(lease.Lost.IsCancellationRequested);
    }

    [StoreFact]
    public async Task Lease_KeyPutAgainWithoutOrOnAnother_NoLongerHangsOnIt()
    {
        var first = await Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), None).BoundAsync();
        await using var second = await Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), None).BoundAsync();
        await TxnAsync(Put("a", "1", first.Id), Put("b", "1", first.Id), Put("c", "1", first.Id));
        await TxnAsync(Put("a", "2"), Put("b", "2", second.Id));

        await first.DisposeAsync();

        var left = await AllAsync();
        Assert.Equal(["a=2", "b=2"], Texts(left));
        Assert.Equal([0, second.Id], left.Entries.Select(static entry => entry.LeaseId));
    }

    [StoreFact]
    public async Task Lease_DisposedTwice_IsFine()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), None).BoundAsync();
        await lease.DisposeAsync();
        await lease.DisposeAsync();
    }
}
