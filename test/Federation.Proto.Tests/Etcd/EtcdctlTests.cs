using Federation.Proto.Etcd;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf;

namespace Federation.Proto.Tests.Etcd;

/// <summary>Our server called by etcdctl, whose gRPC is Go's.</summary>
public sealed class EtcdctlTests
{
    [EtcdFact]
    public async Task Get_AnsweredByOurServer_PrintsTheKey()
    {
        await using var server = await ServeAsync();
        var (code, output, error) = await Etcdctl.RunAsync(server.Address, "get", "sector");
        Assert.Equal((0, "sector\nProving\n", ""), (code, output, error));
    }

    [EtcdFact]
    public async Task Put_RefusedByOurServer_PrintsTheStatus()
    {
        await using var server = await ServeAsync();
        var (code, _, error) = await Etcdctl.RunAsync(server.Address, "put", "sector", "x");
        Assert.NotEqual(0, code);
        Assert.Contains("100 % größer", error, StringComparison.Ordinal);
    }

    [EtcdFact]
    public async Task Del_NotServed_PrintsUnimplemented()
    {
        await using var server = await ServeAsync();
        var (code, _, error) = await Etcdctl.RunAsync(server.Address, "del", "sector");
        Assert.NotEqual(0, code);
        Assert.Contains("Unimplemented", error, StringComparison.Ordinal);
    }

    [EtcdFact]
    public async Task LeaseKeepAlive_OverOurDuplex_PrintsEachRenewal()
    {
        await using var server = await ServeAsync();
        var (code, output, _) = await Etcdctl.RunAsync(server.Address, "lease", "keep-alive", "--once", "1234");
        Assert.Equal((0, "lease 0000000000001234 keepalived with TTL(30)\n"), (code, output));
    }

    private static Task<TestServer> ServeAsync() => TestServer.StartAsync(routes =>
    {
        routes.MapRpcService(new OneKey());
        routes.MapRpcService(new EndlessLease());
    });

    private sealed class OneKey : KvServiceBase
    {
        public override Task<RangeResponse> RangeAsync(RangeRequest request, ServerCallContext context) =>
            Task.FromResult(new RangeResponse
            {
                Header = new ResponseHeader { Revision = 5 },
                Count = 1,
                Kvs = { new KeyValue { Key = request.Key, Value = ByteString.CopyFromUtf8("Proving"), Version = 1 } },
            });

        public override Task<PutResponse> PutAsync(PutRequest request, ServerCallContext context) =>
            throw new RpcException(StatusCode.FailedPrecondition, "100 % größer");
    }

    private sealed class EndlessLease : LeaseServiceBase
    {
        public override async Task LeaseKeepAliveAsync(
            IAsyncStreamReader<LeaseKeepAliveRequest> requests,
            IServerStreamWriter<LeaseKeepAliveResponse> responses,
            ServerCallContext context)
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                var header = new ResponseHeader { Revision = 5 };
                await responses.WriteAsync(new LeaseKeepAliveResponse { Header = header, ID = request.ID, TTL = 30 });
            }
        }
    }
}
