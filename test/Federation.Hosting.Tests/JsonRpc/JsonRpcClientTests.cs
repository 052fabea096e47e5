using System.Net;
using System.Net.Sockets;
using Federation.Hosting.Http;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Hosting.Tests.JsonRpc;

public sealed class JsonRpcClientTests(JsonRpcServerFixture server) : IClassFixture<JsonRpcServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task CallAsync_Method_ReturnsItsResult()
    {
        using var client = Client(server.AdminToken);

        Assert.Equal("<é>", await client.CallAsync<string>("Echo", ["<é>"]));
        Assert.Equal(ulong.MaxValue, await client.CallAsync<ulong>("Number", [ulong.MaxValue]));
        Assert.Null(await client.CallAsync<object?>("Stop", []));
        var version = await client.CallAsync<JsonRpcServerFixture.VersionInfo>("Version", []);
        Assert.Equal(new JsonRpcServerFixture.VersionInfo("v1.36.2-dev+2k", 66816, 12, "lotus"), version);
    }

    [Fact]
    public async Task CallAsync_MethodFails_ThrowsItsError()
    {
        using var client = Client(token: null);

        var failed = await Assert.ThrowsAsync<JsonRpcException>(() => client.CallAsync<object?>("Fail", []));
        var forbidden = await Assert.ThrowsAsync<JsonRpcException>(() => client.CallAsync<object?>("Stop", []));

        Assert.Equal(("No state for /99: datastore: key not found", 1), (failed.Message, failed.Code));
        Assert.Equal("missing permission to invoke 'Stop' (need 'admin')", forbidden.Message);
    }

    [Fact]
    public async Task CallAsync_TokenRefused_NamesTheRemedyAndNotTheToken()
    {
        using var client = Client("secret.to.ken");

        var error = await Assert.ThrowsAsync<OperatorException>(() => client.CallAsync<string>("Echo", ["x"]));

        Assert.Equal($"the miner at {Address(server.Address.Port)} refused the token", error.Message);
        Assert.NotNull(error.Remedy);
    }

    [Fact]
    public async Task CallAsync_NobodyListens_NamesAddressAndRemedy()
    {
        // Held and never listened on: no other program's listener can take it meanwhile.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)nobody.LocalEndPoint!).Port;
        using var client = new JsonRpcClient(new ApiInfo(null, Address(port)), "miner", Patience);

        var error = await Assert.ThrowsAsync<OperatorException>(() => client.CallAsync<string>("Echo", ["x"]));

        Assert.Equal($"could not connect to the miner at {Address(port)}: Connection refused", error.Message);
        Assert.Equal("start the miner with 'miner run', or name where it runs", error.Remedy);
    }

    /// <summary>A firewall that drops what it does not like: neither a refusal nor an answer.</summary>
    [Fact]
    public async Task CallAsync_ConnectionNeverComesAbout_NamesAddressAndRemedy()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            ConnectCallback = static async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                return Stream.Null;
            },
        };
        using var client = new JsonRpcClient(new ApiInfo(null, Address(1)), "miner", Patience, handler);

        var error = await Assert.ThrowsAsync<OperatorException>(() => client.CallAsync<string>("Echo", ["x"]));

        Assert.Equal($"could not connect to the miner at {Address(1)}: no answer within 50ms", error.Message);
        Assert.Equal("start the miner with 'miner run', or name where it runs", error.Remedy);
    }

    [Fact]
    public async Task CallAsync_NoAnswer_EndsAfterTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = Address(((IPEndPoint)silent.LocalEndpoint).Port);
        using var client = new JsonRpcClient(new ApiInfo(null, address), "miner", TimeSpan.FromMilliseconds(200));

        var error = await Assert.ThrowsAsync<OperatorException>(
            () => client.CallAsync<string>("Echo", ["x"]).WaitAsync(Patience));

        Assert.Equal($"the miner at {address} did not answer Echo within 200ms", error.Message);
    }

    [Fact]
    public async Task CallAsync_Cancelled_IsCancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = new JsonRpcClient(
            new ApiInfo(null, Address(((IPEndPoint)silent.LocalEndpoint).Port)), "miner", Patience);
        using var source = new CancellationTokenSource();
        var call = client.CallAsync<string>("Echo", ["x"], source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"result\":{}}")]
    [InlineData("{\"error\":1}")]
    [InlineData("{\"error\":{\"code\":\"x\",\"message\":\"y\"}}")]
    public async Task CallAsync_SomethingElseAnswers_SaysSo(string answer)
    {
        await using var host = await HttpHost.StartAsync(
            new(new(IPAddress.Loopback, 0), "test", "key"), null,
            app => app.Map("/rpc/v0", () => Results.Text(answer)), NullLoggerFactory.Instance);
        using var client = new JsonRpcClient(new ApiInfo(null, Address(host.Endpoint.Port)), "miner", Patience);

        var error = await Assert.ThrowsAsync<OperatorException>(() => client.CallAsync<string>("Echo", ["x"]));

        Assert.StartsWith(
            $"what answers at {Address(host.Endpoint.Port)} does not speak as the miner does: ",
            error.Message,
            StringComparison.Ordinal);
    }

    private static Multiaddr Address(int port) => new("ip4", "127.0.0.1", port, "http");

    private JsonRpcClient Client(string? token) =>
        new(new ApiInfo(token, Address(server.Address.Port)), "miner", Patience);
}
