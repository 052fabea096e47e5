using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using static Federation.Proto.Tests.Support.RawHttp2;

namespace Federation.Proto.Tests.Transport;

/// <summary>Peers that flood a server set up as the product's are: they are cut off, others are served.</summary>
public sealed class FloodTests
{
    private const int EnhanceYourCalm = 11;
    private const byte EndHeaders = 4;

    private static readonly byte[] Call = CallHeaders($"/{ScriptedMethods.ServiceName}/Collect");

    [Fact]
    public async Task RapidReset_OfCallsThatStillRun_ClosesTheConnection()
    {
        var release = new TaskCompletionSource();
        var running = 0;
        var service = new ScriptedService
        {
            Collect = async (_, _) =>
            {
                Interlocked.Increment(ref running);
                await release.Task.Bounded();
                return ScriptedMethods.Text("");
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        await using var attacker = await ConnectAsync(server.Address);
        var reading = attacker.ReadToCloseAsync();

        var sent = 0;
        while (sent < 100_000 && await attacker.SendAsync(OpenAndReset(stream: (2 * sent) + 1)))
        {
            sent++;
        }

        // The reset that follows a GOAWAY may overtake it on its way to a client that goes on sending.
        Assert.All(await reading.Bounded(), code => Assert.Equal(EnhanceYourCalm, code));
        Assert.InRange(sent, 1, 99_999);
        Assert.InRange(running, 0, 1024);
        await AssertServesAsync(server);
        release.SetResult();
    }

    [Fact]
    public async Task Continuation_WithoutEnd_ClosesTheConnectionWithinTheHeaderLimit()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        await using var attacker = await ConnectAsync(server.Address);
        var reading = attacker.ReadToCloseAsync();
        var piece = new byte[1000];
        piece.AsSpan().Fill(0x83);

        await attacker.SendAsync(Frame(FrameType.Headers, 0, 1, Call));
        var sent = 0;
        while (sent < 10_000 && await attacker.SendAsync(Frame(FrameType.Continuation, 0, 1, piece)))
        {
            sent++;
        }

        await reading.Bounded();
        Assert.InRange(sent, 1, 9_999);
        await AssertServesAsync(server);
    }

    [Fact]
    public async Task Headers_OverTheLimit_AreRefusedWithoutACall()
    {
        var ran = false;
        var service = new ScriptedService
        {
            One = (request, _) =>
            {
                ran = true;
                return Task.FromResult(request);
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = new RpcChannel(server.Address);
        var headers = new Metadata { { "greedy", new string('x', 40_000) } };

        using var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text(""), new CallOptions(headers));
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.Bounded());

        Assert.False(ran);
    }

    [Theory]
    [InlineData((byte)FrameType.Ping, 8)]
    [InlineData((byte)FrameType.Settings, 6)]
    public async Task FramesThatWantAnswers_NeverRead_DoNotBlockOthers(byte type, int payload)
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        await using var attacker = await ConnectAsync(server.Address);
        var frame = Frame((FrameType)type, 0, 0, new byte[payload]);
        var frames = Enumerable.Repeat(frame, 1000).SelectMany(bytes => bytes).ToArray();

        var flooding = FloodAsync(attacker, frames);
        for (var i = 0; i < 20; i++)
        {
            await AssertServesAsync(server);
        }

        await flooding.Bounded();
    }

    [Fact]
    public async Task Connections_OverTheLimit_AreClosedAndOldOnesServed()
    {
        await using var server = await TestServer.StartAsync(
            routes => routes.MapRpcService(new ScriptedService()), configure: kestrel => kestrel.ConfigureForRpc(1));
        using var first = new RpcChannel(server.Address);
        using var call = first.Duplex(ScriptedMethods.Chat);
        await call.RequestStream.WriteAsync(ScriptedMethods.Text("a")).Bounded();
        Assert.True(await call.ResponseStream.MoveNext().Bounded());

        using var second = new RpcChannel(server.Address);
        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, second.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync);

        await call.RequestStream.WriteAsync(ScriptedMethods.Text("b")).Bounded();
        Assert.True(await call.ResponseStream.MoveNext().Bounded());
    }

    [Fact]
    public async Task Unary_RequestThatTrickles_EndsByTheServersBound()
    {
        var options = new RpcServerOptions { MaxUnaryTime = TimeSpan.FromMilliseconds(100) };
        await using var server =
            await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService(), options));
        using var channel = new RpcChannel(server.Address);
        var method = new Method<Google.Protobuf.WellKnownTypes.BytesValue, Google.Protobuf.WellKnownTypes.BytesValue>(
            MethodType.ClientStreaming, ScriptedMethods.ServiceName, "One");

        using var call = channel.ClientStreaming(method);

        await RpcAssert.EndsWithAsync(StatusCode.DeadlineExceeded, call.ResponseAsync);
    }

    private static byte[] OpenAndReset(int stream) =>
    [
        .. Frame(FrameType.Headers, EndHeaders, stream, Call),
        .. Frame(FrameType.ResetStream, 0, stream, [0, 0, 0, 8]),
    ];

    private static async Task FloodAsync(RawHttp2 attacker, byte[] frames)
    {
        for (var i = 0; i < 100; i++)
        {
            var sending = attacker.SendAsync(frames);
            if (await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(1))) != sending || !await sending)
            {
                return;
            }
        }
    }

    private static async Task AssertServesAsync(TestServer server)
    {
        using var channel = new RpcChannel(server.Address);
        await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("still")).ResponseAsync.Bounded();
    }
}
