using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Federation.Proto.Etcd;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf;

namespace Federation.Proto.Tests.Etcd;

/// <summary>Answers of a real etcd read by our client, and the same seen through etcd's JSON gateway.</summary>
public sealed class EtcdAnswerTests : IClassFixture<EtcdProcess>, IDisposable
{
    private readonly EtcdProcess _etcd;
    private readonly RpcChannel _channel;
    private readonly KvClient _kv;

    public EtcdAnswerTests(EtcdProcess etcd)
    {
        _etcd = etcd;
        _channel = Channels.To(etcd.Address, new RpcChannelOptions { MaxReceiveMessageBytes = 32 * 1024 * 1024 });
        _kv = new KvClient(_channel);
    }

    public void Dispose() => _channel.Dispose();

    [EtcdFact]
    public Task TrailersOnly_EmptyKey_IsInvalidArgument() =>
        FailsAsync(StatusCode.InvalidArgument, "key is not provided", () => _kv.RangeAsync(new RangeRequest()));

    [EtcdFact]
    public Task TrailersOnly_PutOf1600KB_IsInvalidArgument() =>
        FailsAsync(
            StatusCode.InvalidArgument,
            "request is too large",
            () => _kv.PutAsync(new PutRequest { Key = Key("big"), Value = ByteString.CopyFrom(new byte[1_600_000]) }));

    [EtcdFact]
    public Task TrailersOnly_UnknownMethod_IsUnimplemented()
    {
        var method = new Method<RangeRequest, RangeResponse>(MethodType.Unary, "etcdserverpb.KV", "Nothing");
        return FailsAsync(
            StatusCode.Unimplemented, "unknown method", () => _channel.Unary(method, new RangeRequest()));
    }

    [EtcdFact]
    public Task Range_RevisionOfTheFuture_IsOutOfRange() =>
        FailsAsync(
            StatusCode.OutOfRange,
            "future revision",
            () => _kv.RangeAsync(new RangeRequest { Key = Key("future"), Revision = long.MaxValue }));

    [EtcdFact]
    public Task LeaseRevoke_NoSuchLease_IsNotFound() =>
        FailsAsync(
            StatusCode.NotFound,
            "requested lease not found",
            () => new LeaseClient(_channel).LeaseRevokeAsync(new LeaseRevokeRequest { ID = 1 }));

    [EtcdFact]
    public async Task Range_OverFourMiB_NeedsTheLargerLimit()
    {
        var prefix = Key("large").ToStringUtf8();
        for (var i = 0; i < 6; i++)
        {
            var value = ByteString.CopyFrom(Enumerable.Repeat((byte)i, 1_000_000).ToArray());
            await _kv.PutAsync(new PutRequest { Key = Text($"{prefix}/{i}"), Value = value }).ResponseAsync.Bounded();
        }

        var all = new RangeRequest { Key = Text(prefix + "/"), RangeEnd = Text(prefix + "0") };
        var range = await _kv.RangeAsync(all).ResponseAsync.Bounded();
        Assert.Equal(6, range.Count);
        Assert.All(range.Kvs.Select((kv, i) => (kv, i)), pair => Assert.True(pair.kv.Value.All(b => b == pair.i)));

        using var narrow = Channels.To(_etcd.Address);
        await RpcAssert.EndsWithAsync(
            StatusCode.ResourceExhausted, new KvClient(narrow).RangeAsync(all).ResponseAsync);
    }

    [EtcdFact]
    public async Task Watch_DeadlinePasses_EndsWithDeadlineExceeded()
    {
        var time = new ManualTime();
        using var channel = Channels.To(_etcd.Address, new RpcChannelOptions { TimeProvider = time });
        using var watch = new WatchClient(channel).Watch(new CallOptions(Timeout: TimeSpan.FromHours(1)));
        await watch.RequestStream.WriteAsync(new WatchRequest { CreateRequest = new() { Key = Key("w") } }).Bounded();
        Assert.True(await watch.ResponseStream.MoveNext().Bounded());

        time.Advance(TimeSpan.FromHours(1));

        await RpcAssert.EndsWithAsync(StatusCode.DeadlineExceeded, watch.ResponseStream.MoveNext());
    }

    [EtcdFact]
    public async Task Watch_ThousandPuts_AllEventsArriveInOrderWhileOthersCall()
    {
        const int Count = 1000;
        var key = Key("many");
        var leader = new Metadata { { "hasleader", "true" } };
        using var watch = new WatchClient(_channel).Watch(new CallOptions(leader));
        await watch.RequestStream.WriteAsync(new WatchRequest { CreateRequest = new() { Key = key } }).Bounded();
        Assert.True(await watch.ResponseStream.MoveNext().Bounded());
        var putting = PutAsync(key, Count);

        for (var seen = 0; seen < Count;)
        {
            Assert.True(await watch.ResponseStream.MoveNext().Bounded());
            foreach (var change in watch.ResponseStream.Current.Events)
            {
                Assert.Equal(seen++, BitConverter.ToInt32(change.Kv.Value.Span));
            }
        }

        await putting.Bounded();
    }

    [EtcdFact]
    public async Task JsonGateway_SameStore_AgreesWithOurClient()
    {
        var key = Key("gateway");
        var value = ByteString.CopyFrom(Enumerable.Range(0, 256).Select(i => (byte)i).ToArray());
        var put = await _kv.PutAsync(new PutRequest { Key = key, Value = value }).ResponseAsync.Bounded();

        var seen = await GatewayAsync("range", new JsonObject { ["key"] = key.ToBase64() });
        var kv = seen["kvs"]![0]!;
        Assert.Equal(value.ToBase64(), (string)kv["value"]!);
        Assert.Equal($"{put.Header.Revision}", (string)kv["mod_revision"]!);

        await GatewayAsync("put", new JsonObject { ["key"] = key.ToBase64(), ["value"] = Text("theirs").ToBase64() });
        var range = await _kv.RangeAsync(new RangeRequest { Key = key }).ResponseAsync.Bounded();
        Assert.Equal("theirs", Assert.Single(range.Kvs).Value.ToStringUtf8());
        Assert.Equal(2, range.Kvs[0].Version);
    }

    [EtcdFact]
    public async Task Txn_AsOurClientWritesIt_IsWhatTheGatewaySees()
    {
        var key = Key("txn");
        var txn = new TxnRequest
        {
            Compare = { new Compare { Key = key, Target = Compare.Types.CompareTarget.Version, Version = 0 } },
            Success = { new RequestOp { RequestPut = new PutRequest { Key = key, Value = Text("first") } } },
            Failure = { new RequestOp { RequestRange = new RangeRequest { Key = key } } },
        };
        var won = await _kv.TxnAsync(txn).ResponseAsync.Bounded();
        var lost = await GatewayAsync("txn", JsonNode.Parse(JsonFormatter.Default.Format(txn))!.AsObject());

        Assert.True(won.Succeeded);
        Assert.Null(lost["succeeded"]);
        var found = lost["responses"]![0]!["response_range"]!["kvs"]![0]!;
        Assert.Equal(Text("first").ToBase64(), (string)found["value"]!);
    }

    [EtcdFact]
    public async Task Maintenance_StatusAlarmsMembersDefragment_AreAnswered()
    {
        var maintenance = new MaintenanceClient(_channel);
        var status = await maintenance.StatusAsync(new StatusRequest()).ResponseAsync.Bounded();
        var cluster = new ClusterClient(_channel);
        var members = await cluster.MemberListAsync(new MemberListRequest()).ResponseAsync.Bounded();
        var alarms = await maintenance.AlarmAsync(new AlarmRequest()).ResponseAsync.Bounded();
        await maintenance.DefragmentAsync(new DefragmentRequest()).ResponseAsync.Bounded();

        Assert.StartsWith("3.", status.Version, StringComparison.Ordinal);
        Assert.Equal(status.Leader, Assert.Single(members.Members).ID);
        Assert.Equal(_etcd.Address.GetLeftPart(UriPartial.Authority), Assert.Single(members.Members[0].ClientURLs));
        Assert.Empty(alarms.Alarms);
    }

    private static ByteString Key(string name) => Text($"/{name}/{Guid.NewGuid():N}");

    private static ByteString Text(string text) => ByteString.CopyFromUtf8(text);

    private static async Task FailsAsync<T>(StatusCode code, string detail, Func<UnaryCall<T>> call)
        where T : class, IMessage<T>
    {
        var e = await RpcAssert.EndsWithAsync(code, call().ResponseAsync);
        Assert.Contains(detail, e.Status.Detail, StringComparison.Ordinal);
    }

    private async Task PutAsync(ByteString key, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var value = ByteString.CopyFrom(BitConverter.GetBytes(i));
            await _kv.PutAsync(new PutRequest { Key = key, Value = value });
        }
    }

    private async Task<JsonNode> GatewayAsync(string method, JsonObject body)
    {
        using var http = new HttpClient { Timeout = Bounds.Limit };
        using var response = await http.PostAsJsonAsync(new Uri(_etcd.Address, $"/v3/kv/{method}"), body);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
