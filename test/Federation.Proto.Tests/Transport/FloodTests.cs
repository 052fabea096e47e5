using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using static Federation.Proto.Tests.Support.RawHttp2;

namespace Federation.Proto.Tests.Transport;

/// <summary>Peers that flood a server set up as the product's are: they are cut off, others are served.</summary>
public sealed class FloodTests
{
    private const int EnhanceYourCalm = 11;
    private const byte EndHeaders = 4;

    /// <summary>More than the buffers in between take before the sender learns that nobody reads any more.</summary>
    private const int Endless = 1_000_000;

    private const int Floods = 100;

    private static readonly TimeSpan FloodTime = Floods * TimeSpan.FromSeconds(1);

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
        while (sent < Endless && await attacker.SendAsync(OpenAndReset(stream: (2 * sent) + 1)))
        {
            sent++;
        }

        // The reset that follows a GOAWAY may overtake it on its way to a client that goes on sending.
        Assert.All(await reading.Bounded(), code => Assert.Equal(EnhanceYourCalm, code));
        Assert.InRange(sent, 1, Endless - 1);
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
        while (sent < Endless && await attacker.SendAsync(Frame(FrameType.Continuation, 0, 1, piece)))
        {
            sent++;
        }

        await reading.Bounded();
        Assert.InRange(sent, 1, Endless - 1);
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
        using var channel = server.Connect();
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

        await flooding.WaitAsync(2 * FloodTime);
    }

    [Fact]
    public async Task Connections_OverTheLimit_AreClosedAndOldOnesServed()
    {
        await using var server = await TestServer.StartAsync(
            routes => routes.MapRpcService(new ScriptedService()), configure: kestrel => kestrel.ConfigureForRpc(1));
        using var first = server.Connect();
        using var call = first.Duplex(ScriptedMethods.Chat);
        await call.RequestStream.WriteAsync(ScriptedMethods.Text("a")).Bounded();
        Assert.True(await call.ResponseStream.MoveNext().Bounded());

        using var second = server.Connect();
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
        using var channel = server.Connect();
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

    /// <summary>Until the server takes no more, or cuts the attacker off, or has taken a hundred times.</summary>
    private static async Task FloodAsync(RawHttp2 attacker, byte[] frames)
    {
        for (var i = 0; i < Floods; i++)
        {
            var sending = attacker.SendAsync(frames);
            if (await Task.WhenAny(sending, Task.Delay(FloodTime / Floods)) != sending || !await sending)
            {
                return;
            }
        }
    }

    private static async Task AssertServesAsync(TestServer server)
    {
        using var channel = server.Connect();
        await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("still")).ResponseAsync.Bounded();
    }
}
