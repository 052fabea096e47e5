using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Transport;

/// <summary>Deadlines, on a clock that the tests move: what each side sees when one passes.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Unary_HandlerHangs_TheDeadlineEndsItOnBothSides()
    {
        var (begun, seen) = (new TaskCompletionSource(), new TaskCompletionSource<TimeSpan?>());
        var service = new ScriptedService
        {
            One = (_, context) => Hanging.UntilEndAsync<BytesValue>(context, seen, begun),
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = Channel(server);
        using var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text(""), new CallOptions(Timeout: Long));
        await begun.Task.Bounded();

        _time.Advance(Long);

        await RpcAssert.EndsWithAsync(StatusCode.DeadlineExceeded, call.ResponseAsync);
        Assert.Equal(Long, await seen.Task.Bounded());
    }

    [Fact]
    public async Task Unary_NoTimeoutGiven_TheChannelsHolds()
    {
        var (begun, seen) = (new TaskCompletionSource(), new TaskCompletionSource<TimeSpan?>());
        var service = new ScriptedService
        {
            One = (_, context) => Hanging.UntilEndAsync<BytesValue>(context, seen, begun),
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = Channel(server);
        using var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text(""));
        await begun.Task.Bounded();

        _time.Advance(TimeSpan.FromSeconds(30));

        await RpcAssert.EndsWithAsync(StatusCode.DeadlineExceeded, call.ResponseAsync);
        Assert.Equal(TimeSpan.FromSeconds(30), await seen.Task.Bounded());
    }

    [Fact]
    public async Task Unary_DeadlineNotReached_CallGoesOn()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
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
        using var channel = Channel(server);
        using var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("a"), new CallOptions(Timeout: Long));
        await begun.Task.Bounded();
        _time.Advance(Long - TimeSpan.FromTicks(1));
        go.SetResult();

        await call.ResponseAsync.Bounded();
        _time.Advance(Long);
        Assert.Equal(Status.OK, call.GetStatus());
    }

    [Fact]
    public async Task Unary_DeadlineAlreadyPassed_EndsAtOnce()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        var options = new CallOptions(Timeout: TimeSpan.FromSeconds(-1));
        await RpcAssert.EndsWithAsync(
            StatusCode.DeadlineExceeded,
            channel.Unary(ScriptedMethods.One, ScriptedMethods.Text(""), options).ResponseAsync);
    }

    [Fact]
    public async Task ServerStreaming_HangsAfterAMessage_TheDeadlineEndsTheReadAndTheHandler()
    {
        var seen = new TaskCompletionSource<TimeSpan?>();
        var service = new ScriptedService
        {
            Expand = async (request, responses, context) =>
            {
                await responses.WriteAsync(request, context.CancellationToken);
                await Hanging.UntilEndAsync<Empty>(context, seen);
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = Channel(server);
        using var call = channel.ServerStreaming(
            ScriptedMethods.Expand, ScriptedMethods.Text("a"), new CallOptions(Timeout: Long));
        Assert.True(await call.ResponseStream.MoveNext().Bounded());
        var reading = call.ResponseStream.MoveNext();

        _time.Advance(Long);

        await RpcAssert.EndsWithAsync(StatusCode.DeadlineExceeded, reading);
        await seen.Task.Bounded();
    }

    [Fact]
    public async Task Duplex_NobodyReadsWhenTheDeadlinePasses_ServerIsToldAndWritesFail()
    {
        var (begun, seen) = (new TaskCompletionSource(), new TaskCompletionSource<TimeSpan?>());
        var service = new ScriptedService
        {
            Chat = (_, _, context) => Hanging.UntilEndAsync<Empty>(context, seen, begun),
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = Channel(server);
        using var call = channel.Duplex(ScriptedMethods.Chat, new CallOptions(Timeout: Long));
        await begun.Task.Bounded();

        _time.Advance(Long);

        await seen.Task.Bounded();
        await RpcAssert.EndsWithAsync(StatusCode.DeadlineExceeded, call.ResponseStream.MoveNext());
        await RpcAssert.EndsWithAsync(
            StatusCode.DeadlineExceeded, call.RequestStream.WriteAsync(ScriptedMethods.Text("late")));
    }

    [Fact]
    public async Task ServerStreaming_ServersDeadlinePassesInABlockedWrite_ClientLearnsTheStatus()
    {
        var (stuck, ended, serversTime) = (new TaskCompletionSource(), new TaskCompletionSource(), new ManualTime());
        var service = new ScriptedService
        {
            Expand = (_, responses, context) => FloodAsync(responses, context, stuck, ended),
        };
        await using var server = await TestServer.StartAsync(
            routes => routes.MapRpcService(service), time: serversTime);
        using var channel = Channel(server);
        using var call = channel.ServerStreaming(
            ScriptedMethods.Expand, ScriptedMethods.Text(""), new CallOptions(Timeout: Long));
        await stuck.Task.Bounded();

        serversTime.Advance(Long);

        await ended.Task.Bounded();

        await RpcAssert.EndsWithAsync(StatusCode.DeadlineExceeded, ReadAllAsync(call));
    }

    private static async Task FloodAsync(
        IServerStreamWriter<BytesValue> responses,
        ServerCallContext context,
        TaskCompletionSource stuck,
        TaskCompletionSource ended)
    {
        try
        {
            while (true)
            {
                var writing = responses.WriteAsync(ScriptedMethods.Sized(64 * 1024), context.CancellationToken);
                if (await Task.WhenAny(writing, Task.Delay(TimeSpan.FromMilliseconds(200))) != writing)
                {
                    stuck.TrySetResult();
                }

                await writing;
            }
        }
        finally
        {
            ended.SetResult();
        }
    }

    private static async Task ReadAllAsync(ServerStreamingCall<BytesValue> call)
    {
        while (await call.ResponseStream.MoveNext().Bounded())
        {
            Assert.Equal(64 * 1024, call.ResponseStream.Current.Value.Length);
        }
    }

    private RpcChannel Channel(TestServer server) =>
        new(server.Address, new RpcChannelOptions { TimeProvider = _time, ConnectTimeout = Bounds.Limit });
}
