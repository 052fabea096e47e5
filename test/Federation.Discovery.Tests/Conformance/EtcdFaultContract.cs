using System.Globalization;
using System.Text;
using Federation.Discovery.Etcd;
using Federation.Discovery.Store;
using Federation.Discovery.Tests.Support;
using Federation.Proto.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Tests.Conformance;

/// <summary>The client when connections break, servers restart and answers get lost, on every server.</summary>
public abstract partial class EtcdFaultContract(ServerFixture fixture)
{
    private readonly string _root = StoreFixture.NewKeys().Root;

    private static CancellationToken None => CancellationToken.None;

    [StoreFact]
    public async Task Watch_ConnectionsCutAgainAndAgain_TellsEveryChangeOnceInOrder()
    {
        const int Writes = 200;
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client = await ServerFixture.ConnectAsync(proxy.Address);
        var start = await PutAsync("0");
        await using var watch = client.WatchAsync(new WatchQuery(_root, true, start + 1), None)
            .GetAsyncEnumerator(None);
        var told = new List<string>();
        for (var i = 1; i <= Writes; i++)
        {
            await PutAsync(i.ToString(CultureInfo.InvariantCulture));
            if (i % 40 == 0)
            {
                told.AddRange((await watch.NextAsync()).Changes.Select(Text));
                proxy.Cut();
            }
        }

        while (told.Count < Writes)
        {
            told.AddRange((await watch.NextAsync()).Changes.Select(Text));
        }

        Assert.Equal(Enumerable.Range(1, Writes).Select(static i => i.ToString(CultureInfo.InvariantCulture)), told);
        Assert.True(proxy.Accepted > 4, $"{proxy.Accepted} connections");
    }

    [StoreFact]
    public async Task Watch_ServerRestarted_ResumesAfterTheLastRevision()
    {
        var start = await PutAsync("0");
        await using var client = await ServerFixture.ConnectAsync(fixture.Address);
        await using var watch = client.WatchAsync(new WatchQuery(_root, true, start + 1), None)
            .GetAsyncEnumerator(None);
        var first = await PutAsync("1");
        Assert.Equal("1", Text((await watch.NextAsync()).Changes.Single()));

        await fixture.RestartAsync();
        var second = await PutAsync("2");

        Assert.Equal(first + 1, second);
        var told = (await watch.NextAsync()).Changes.Single();
        Assert.Equal(("2", second), (Text(told), told.Entry.ModRevision));
    }

    [StoreFact]
    public async Task Watch_CompactedWhileCutOff_SaysSo()
    {
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client = await ServerFixture.ConnectAsync(proxy.Address);
        var start = await PutAsync("0");
        await using var watch = client.WatchAsync(new WatchQuery(_root, true, start + 1), None)
            .GetAsyncEnumerator(None);
        await PutAsync("1");
        await watch.NextAsync();
        proxy.Refuse(true);
        proxy.Cut();
        await PutAsync("2");
        var last = await PutAsync("3");
        await fixture.Store.CompactAsync(last, None).BoundAsync();
        proxy.Refuse(false);
        await Assert.ThrowsAsync<CompactedException>(() => watch.MoveNextAsync().AsTask().BoundAsync());
    }

    [StoreFact]
    public async Task Range_CompactedBetweenPages_IsReadAnew()
    {
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client = new EtcdStore(
            [proxy.Address],
            new EtcdStoreOptions { PageSize = 2, CallTimeout = Wait.Limit, RetryTimeout = Wait.Limit });
        PutOp[] puts = [.. Enumerable.Range(0, 7).Select(i => new PutOp($"{_root}p/{i}", Bytes("0")))];
        await client.TxnAsync(new StoreTxn([], puts, []), None).BoundAsync();
        var (left, compacted) = (0, 0L);
        proxy.BeforeAnswers(async () =>
        {
            if (Interlocked.Decrement(ref left) >= 0)
            {
                // A page is on its way, and the next one of its revision is no longer there.
                compacted = await PutAsync("x");
                await fixture.Store.CompactAsync(compacted, None);
            }
        });
        for (var i = 0; i < 20; i++)
        {
            Volatile.Write(ref left, 1 + (i % 3));
            var range = await client.RangeAsync(new RangeQuery(_root + "p/", true), None).BoundAsync();
            Assert.Equal(puts.Select(static put => put.Key), range.Entries.Select(static entry => entry.Key));
            Assert.True(range.Revision >= compacted, $"round {i}: {range.Revision}, compacted at {compacted}");
        }
    }

    [StoreFact]
    public async Task Txn_ReplyLost_IsUnknownAndAppliedOnce()
    {
        await using var proxy = new TcpProxy(fixture.Address);
        await using var client =
            new EtcdStore([proxy.Address], new EtcdStoreOptions { CallTimeout = TimeSpan.FromSeconds(10) });
        await client.RangeAsync(new RangeQuery(_root, true), None).BoundAsync();
        proxy.SwallowAnswers(true);
        var txn = new StoreTxn([], [new PutOp(_root + "k", Bytes("once"))], []);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => client.TxnAsync(txn, None).BoundAsync());

        // What the proxy has sent, the server may take a while to apply.
        await Eventually.TrueAsync(async () =>
            (await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None)).Entries.Count > 0);
        var there = await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None).BoundAsync();
        Assert.Equal(1, there.Entries.Single().Version);
    }

    [StoreFact]
    public async Task Txn_ConnectionRefused_IsCertainlyNotAppliedWithinABound()
    {
        var proxy = new TcpProxy(fixture.Address);
        await using var client =
            new EtcdStore([proxy.Address], new EtcdStoreOptions { RetryTimeout = TimeSpan.FromSeconds(1) });
        await proxy.DisposeAsync();
        var txn = new StoreTxn([], [new PutOp(_root + "k", Bytes("never"))], []);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => client.TxnAsync(txn, None).BoundAsync());
    }

    [StoreFact]
    public async Task Requests_FirstEndpointDead_GoToTheOther()
    {
        var dead = new TcpProxy(fixture.Address);
        await using var alive = new TcpProxy(fixture.Address);
        await using var client = await ServerFixture.ConnectAsync(dead.Address, alive.Address);
        await dead.DisposeAsync();
        for (var i = 0; i < 20; i++)
        {
            await client.RangeAsync(new RangeQuery(_root, true), None).BoundAsync();
            await PutOnceAsync(client, i);
        }

        var there = await fixture.Store.RangeAsync(new RangeQuery(_root + "k"), None).BoundAsync();
        Assert.Equal(20, there.Entries.Single().Version);
    }

    [StoreFact]
    public async Task Connect_NothingListens_SaysSoWithRemedyWithinABound()
    {
        var proxy = new TcpProxy(fixture.Address);
        await proxy.DisposeAsync();
        await using var clock = new PacedClock(PacedClock.Slow);
        var options = new EtcdStoreOptions { StartTimeout = TimeSpan.FromSeconds(1), TimeProvider = clock };
        var start = clock.GetTimestamp();
        var connecting = EtcdStore.ConnectAsync([proxy.Address], options);
        clock.Advance(options.StartTimeout);
        var failure = await Assert.ThrowsAsync<NoEndpointsException>(() => connecting.BoundAsync());
        var lines = failure.Message.Split('\n');
        Assert.Equal((2, "client: no endpoints available"), (lines.Length, lines[0]));
        Assert.Contains(proxy.Address, lines[1], StringComparison.Ordinal);
        Assert.Contains("[SealAgent] EtcdAddrs", lines[1], StringComparison.Ordinal);
        Assert.InRange(clock.GetElapsedTime(start), options.StartTimeout, 5 * options.StartTimeout);
    }

    [StoreFact]
    public async Task Restart_KeysRevisionsAndLeases_AreTheSame()
    {
        await using var lease = await fixture.Store.GrantLeaseAsync(TimeSpan.FromMinutes(5), None).BoundAsync();
        await PutAsync("1", lease.Id);
        await PutAsync("2", lease.Id);
        var before = await fixture.Store.RangeAsync(new RangeQuery(_root, true), None).BoundAsync();

        await fixture.RestartAsync();

        var after = await fixture.Store.RangeAsync(new RangeQuery(_root, true), None).BoundAsync();
        Assert.Equal(before.Revision, after.Revision);
        Assert.Equal(Describe(before), Describe(after));
        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Equal(before.Revision + 1, await PutAsync("3", lease.Id));
    }

    [StoreFact]
    public async Task Put_MoreThanTheRequestLimit_IsRefused()
    {
        var large = new PutRequest
        {
            Key = Google.Protobuf.ByteString.CopyFromUtf8(_root + "k"),
            Value = Google.Protobuf.ByteString.CopyFrom(new byte[1600 * 1024]),
        };
        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => fixture.Kv.PutAsync(large).ResponseAsync.BoundAsync());
        Assert.Equal((StatusCode.InvalidArgument, "etcdserver: request is too large"),
            (refusal.StatusCode, refusal.Status.Detail));
    }

    private static async Task PutOnceAsync(EtcdStore client, string key, int value)
    {
        var put = new PutOp(key, Bytes(value.ToString(CultureInfo.InvariantCulture)));
        await client.TxnAsync(new StoreTxn([], [put], []), None).BoundAsync();
    }

    private Task PutOnceAsync(EtcdStore client, int value) => PutOnceAsync(client, _root + "k", value);

    private async Task<long> PutAsync(string value, long lease = 0)
    {
        var txn = new StoreTxn([], [new PutOp(_root + "k", Bytes(value), lease)], []);
        return (await fixture.Store.TxnAsync(txn, None).BoundAsync()).Revision;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(StoreEntry entry) => Encoding.UTF8.GetString(entry.Value.Span);

    private static string Text(WatchChange change) => Text(change.Entry);

    private static IEnumerable<string> Describe(RangeSnapshot range) => range.Entries.Select(
        static e => $"{e.Key}={Text(e)} {e.CreateRevision} {e.ModRevision} {e.Version} {e.LeaseId}");
}

[Collection(EmbeddedSuite.Name)]
public sealed class EmbeddedFaultTests(EmbeddedFixture fixture) : EtcdFaultContract(fixture);

[RequiresEtcd]
[Collection(EtcdSuite.Name)]
public sealed class EtcdFaultTests(EtcdFixture fixture) : EtcdFaultContract(fixture);
