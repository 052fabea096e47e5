using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Transport;

/// <summary>What calls see when connections fail, and what connections carry.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Unary_NobodyListens_IsUnavailable()
    {
        using var nobody = Bounds.Refusing(out var address);
        using var channel = new RpcChannel(address);
        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync);
    }

    [Fact]
    public async Task Duplex_NobodyListens_WritersAndReadersSeeUnavailable()
    {
        using var nobody = Bounds.Refusing(out var address);
        using var channel = new RpcChannel(address);
        using var call = channel.Duplex(ScriptedMethods.Chat);
        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, call.RequestStream.WriteAsync(ScriptedMethods.Text("a")));
        await RpcAssert.EndsWithAsync(StatusCode.Unavailable, call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Unary_NameThatDoesNotResolve_IsUnavailable()
    {
        using var channel = new RpcChannel("http://no-such-host.invalid:1");
        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync);
    }

    [Fact]
    public async Task Duplex_ConnectionDrops_BothSidesEndAndTheNextCallReconnects()
    {
        var ended = new TaskCompletionSource();
        var service = new ScriptedService
        {
            Chat = async (requests, responses, context) =>
            {
                try
                {
                    while (await requests.MoveNext(context.CancellationToken))
                    {
                        await responses.WriteAsync(requests.Current, context.CancellationToken);
                    }
                }
                finally
                {
                    ended.TrySetResult();
                }
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        await using var proxy = new TcpProxy(server.Address);
        using var channel = Channels.To(proxy.Address);
        using var call = channel.Duplex(ScriptedMethods.Chat);
        await call.RequestStream.WriteAsync(ScriptedMethods.Text("a")).Bounded();
        Assert.True(await call.ResponseStream.MoveNext().Bounded());

        proxy.Cut();

        await RpcAssert.EndsWithAsync(StatusCode.Unavailable, call.ResponseStream.MoveNext());
        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, call.RequestStream.WriteAsync(ScriptedMethods.Text("b")));
        await ended.Task.Bounded();
        await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("again")).ResponseAsync.Bounded();
    }

    [Fact]
    public async Task Duplex_ServerStops_StreamEndsWithUnavailableWithinTheGrace()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        using var call = channel.Duplex(ScriptedMethods.Chat);
        await call.RequestStream.WriteAsync(ScriptedMethods.Text("a")).Bounded();
        Assert.True(await call.ResponseStream.MoveNext().Bounded());

        var stopping = server.StopAsync(Bounds.Limit);

        await RpcAssert.EndsWithAsync(StatusCode.Unavailable, call.ResponseStream.MoveNext());
        await stopping.Bounded();
    }

    [Fact]
    public async Task ServerStreaming_ServerStopsInABlockedWrite_ClientLearnsTheStatus()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(Flooding()));
        using var channel = server.Connect();
        using var call = channel.ServerStreaming(ScriptedMethods.Expand, ScriptedMethods.Text(""));
        Assert.True(await call.ResponseStream.MoveNext().Bounded());

        var stopping = server.StopAsync(Bounds.Limit);
        async Task ReadAllAsync()
        {
            while (await call.ResponseStream.MoveNext().Bounded())
            {
            }
        }

        var e = await RpcAssert.EndsWithAsync(StatusCode.Unavailable, ReadAllAsync());
        Assert.Equal("The server is stopping.", e.Status.Detail);
        await stopping.Bounded();
    }

    [Fact]
    public async Task Unary_InFlightWhenTheServerStops_IsStillAnswered()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var service = new ScriptedService
        {
            One = async (request, _) =>
            {
                begun.SetResult();
                await go.Task.Bounded();
                return request;
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("kept"));
        await begun.Task.Bounded();

        var stopping = server.StopAsync(Bounds.Limit);
        go.SetResult();

        Assert.Equal("kept", (await call.ResponseAsync.Bounded()).Value.ToStringUtf8());
        await stopping.Bounded();
    }

    [Fact]
    public async Task SlowReaders_OfGreatStreams_DoNotBlockOtherCalls()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(Flooding()));
        using var channel = server.Connect();
        var unread = new List<ServerStreamingCall<BytesValue>>();
        for (var i = 0; i < 10; i++)
        {
            var call = channel.ServerStreaming(ScriptedMethods.Expand, ScriptedMethods.Text(""));
            Assert.True(await call.ResponseStream.MoveNext().Bounded());
            unread.Add(call);
        }

        for (var i = 0; i < 50; i++)
        {
            await channel.Unary(ScriptedMethods.One, ScriptedMethods.Sized(10_000)).ResponseAsync.Bounded();
        }

        unread.ForEach(call => call.Dispose());
    }

    [Fact]
    public async Task SlowHandlers_OfGreatUploads_DoNotBlockOtherCalls()
    {
        var release = new TaskCompletionSource();
        var service = new ScriptedService
        {
            Collect = async (_, context) =>
            {
                await release.Task.WaitAsync(context.CancellationToken);
                return ScriptedMethods.Text("");
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        using var stop = new CancellationTokenSource();
        var uploads = Enumerable.Range(0, 10).Select(_ => channel.ClientStreaming(ScriptedMethods.Collect)).ToList();
        var writing = uploads.Select(upload => FloodAsync(upload.RequestStream, stop.Token)).ToList();

        for (var i = 0; i < 50; i++)
        {
            await channel.Unary(ScriptedMethods.One, ScriptedMethods.Sized(10_000)).ResponseAsync.Bounded();
        }

        Assert.All(writing, task => Assert.False(task.IsCompleted));
        await stop.CancelAsync();
        await Task.WhenAll(writing).Bounded();
        uploads.ForEach(upload => upload.Dispose());
    }

    [Fact]
    public async Task Counter_OfAChannel_AgreesWithAProxyInBetween()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        await using var proxy = new TcpProxy(server.Address);
        using var channel = Channels.To(proxy.Address);

        for (var i = 0; i < 20; i++)
        {
            await channel.Unary(ScriptedMethods.One, ScriptedMethods.Sized(i * 1000)).ResponseAsync.Bounded();
        }

        await Bounds.BecomesTrueAsync(
            () => (channel.Counter.BytesSent, channel.Counter.BytesReceived) == (proxy.Up, proxy.Down));
        Assert.True(channel.Counter.BytesSent > 190_000);
        Assert.True(channel.Counter.BytesReceived > 190_000);
    }

    [Fact]
    public async Task Unary_SmallCall_StaysSmallOnTheWire()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        await CallAsync();

        var calls = new List<(long Sent, long Received)>();
        for (var i = 0; i < 10; i++)
        {
            calls.Add(await CallAsync());
        }

        // What the connection says for itself goes with some of them.
        Assert.Contains(calls, static call => call is { Sent: > 0 and <= 256, Received: > 0 and <= 256 });

        async Task<(long Sent, long Received)> CallAsync()
        {
            var (sent, received) = (channel.Counter.BytesSent, channel.Counter.BytesReceived);
            await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("warm")).ResponseAsync.Bounded();
            return (channel.Counter.BytesSent - sent, channel.Counter.BytesReceived - received);
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("tcp://127.0.0.1:1")]
    public void RpcChannel_AddressThatIsNotHttp_IsRefused(string address) =>
        Assert.Throws<ArgumentException>(() => new RpcChannel(address));

    private static ScriptedService Flooding() => new()
    {
        Expand = async (_, responses, context) =>
        {
            var message = ScriptedMethods.Sized(64 * 1024);
            while (true)
            {
                await responses.WriteAsync(message, context.CancellationToken);
            }
        },
    };

    private static async Task FloodAsync(IAsyncStreamWriter<BytesValue> writer, CancellationToken cancellationToken)
    {
        var message = ScriptedMethods.Sized(64 * 1024);
        try
        {
            while (true)
            {
                await writer.WriteAsync(message, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
    }
}
