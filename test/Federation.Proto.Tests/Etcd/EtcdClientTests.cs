using Federation.Proto.Etcd;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf;

namespace Federation.Proto.Tests.Etcd;

/// <summary>The transport's client against a real etcd.</summary>
public sealed class EtcdClientTests(EtcdProcess etcd) : IClassFixture<EtcdProcess>
{
    [EtcdFact]
    public async Task Range_AfterPut_ReturnsTheValueAtItsRevision()
    {
        using var channel = Channels.To(etcd.Address);
        var kv = new KvClient(channel);
        var key = Key("range");

        var put = await kv.PutAsync(new PutRequest { Key = key, Value = Text("v") }).ResponseAsync.Bounded();
        var range = await kv.RangeAsync(new RangeRequest { Key = key }).ResponseAsync.Bounded();

        Assert.Equal("v", Assert.Single(range.Kvs).Value.ToStringUtf8());
        Assert.Equal(put.Header.Revision, range.Kvs[0].ModRevision);
        Assert.NotEqual(0UL, range.Header.ClusterId);
    }

    [EtcdFact]
    public async Task Watch_PutAndCancel_ReportsCreatedEventAndCanceled()
    {
        using var channel = Channels.To(etcd.Address);
        var key = Key("watch");
        using var watch = new WatchClient(channel).Watch();
        await watch.RequestStream.WriteAsync(new WatchRequest { CreateRequest = new() { Key = key } }).Bounded();
        var created = await NextAsync(watch);
        await new KvClient(channel).PutAsync(new PutRequest { Key = key, Value = Text("1") }).ResponseAsync.Bounded();
        var change = await NextAsync(watch);
        await watch.RequestStream.WriteAsync(
            new WatchRequest { CancelRequest = new() { WatchId = created.WatchId } }).Bounded();
        var canceled = await NextAsync(watch);

        Assert.True(created.Created);
        Assert.Equal("1", Assert.Single(change.Events).Kv.Value.ToStringUtf8());
        Assert.True(canceled.Canceled);
    }

    [EtcdFact]
    public async Task LeaseKeepAlive_HalfClosed_EndsWithOKInTrailers()
    {
        using var channel = Channels.To(etcd.Address);
        var leases = new LeaseClient(channel);
        var lease = await leases.LeaseGrantAsync(new LeaseGrantRequest { TTL = 60 }).ResponseAsync.Bounded();
        using var renewal = leases.LeaseKeepAlive();
        await renewal.RequestStream.WriteAsync(new LeaseKeepAliveRequest { ID = lease.ID }).Bounded();

        Assert.True(await renewal.ResponseStream.MoveNext().Bounded());
        Assert.Equal(60, renewal.ResponseStream.Current.TTL);
        await renewal.RequestStream.CompleteAsync().Bounded();
        Assert.False(await renewal.ResponseStream.MoveNext().Bounded());
        Assert.Equal(StatusCode.OK, renewal.GetStatus().Code);
    }

    private static ByteString Key(string name) => ByteString.CopyFromUtf8($"/{name}/{Guid.NewGuid():N}");

    private static ByteString Text(string text) => ByteString.CopyFromUtf8(text);

    private static async Task<WatchResponse> NextAsync(DuplexCall<WatchRequest, WatchResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext().Bounded());
        return watch.ResponseStream.Current;
    }
}
