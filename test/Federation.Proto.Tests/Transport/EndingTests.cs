using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Transport;

/// <summary>Cancellation and failures: what each side sees of a call that does not go through.</summary>
public sealed class EndingTests
{
    [Fact]
    public async Task Unary_CallerCancels_ServerSeesItAndCallerGetsItsOwnToken()
    {
        var begun = new TaskCompletionSource();
        var seen = new TaskCompletionSource<TimeSpan?>();
        var service = new ScriptedService
        {
            One = (_, context) =>
            {
                begun.SetResult();
                return Hanging.UntilEndAsync<BytesValue>(context, seen);
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        using var source = new CancellationTokenSource();
        using var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text(""), source.Token);

        await begun.Task.Bounded();
        await source.CancelAsync();
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.ResponseAsync.Bounded());

        Assert.Equal(source.Token, e.CancellationToken);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().Code);
        await seen.Task.Bounded();
    }

    [Fact]
    public async Task MoveNext_ItsTokenIsCancelled_EndsTheCallOnTheServer()
    {
        var (begun, seen) = (new TaskCompletionSource(), new TaskCompletionSource<TimeSpan?>());
        var service = new ScriptedService
        {
            Chat = (_, _, context) => Hanging.UntilEndAsync<Empty>(context, seen, begun),
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        using var call = channel.Duplex(ScriptedMethods.Chat);
        using var source = new CancellationTokenSource();
        var reading = call.ResponseStream.MoveNext(source.Token);
        await begun.Task.Bounded();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Bounded());
        await seen.Task.Bounded();
    }

    [Fact]
    public async Task Dispose_OfACallOrItsChannel_EndsTheCallOnTheServer()
    {
        foreach (var disposeChannel in new[] { false, true })
        {
            var begun = new TaskCompletionSource();
            var seen = new TaskCompletionSource<TimeSpan?>();
            var service = new ScriptedService
            {
                Chat = (_, _, context) =>
                {
                    begun.SetResult();
                    return Hanging.UntilEndAsync<Empty>(context, seen);
                },
            };
            await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
            using var channel = server.Connect();
            using var call = channel.Duplex(ScriptedMethods.Chat);
            var reading = call.ResponseStream.MoveNext();
            await begun.Task.Bounded();

            (disposeChannel ? (IDisposable)channel : call).Dispose();

            await RpcAssert.EndsWithAsync(StatusCode.Cancelled, reading);
            await seen.Task.Bounded();
        }
    }

    [Fact]
    public async Task ClientStreaming_GivenUpBetweenMessages_NeverLooksComplete()
    {
        var ended = new TaskCompletionSource<string>();
        var got = new TaskCompletionSource();
        var service = new ScriptedService
        {
            Collect = async (requests, context) =>
            {
                try
                {
                    while (await requests.MoveNext(context.CancellationToken))
                    {
                        got.TrySetResult();
                    }

                    ended.SetResult("complete");
                }
                catch (OperationCanceledException)
                {
                    ended.SetResult("cut");
                }

                return ScriptedMethods.Text("");
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        var call = channel.ClientStreaming(ScriptedMethods.Collect);
        await call.RequestStream.WriteAsync(ScriptedMethods.Text("half of a proof")).Bounded();
        await got.Task.Bounded();

        call.Dispose();

        Assert.Equal("cut", await ended.Task.Bounded());
    }

    [Fact]
    public async Task Handler_Throws_PeerLearnsNothingAndTheLogEverything()
    {
        var service = new ScriptedService
        {
            One = (_, _) => throw new InvalidOperationException("secret of the handler"),
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();

        var e = await RpcAssert.EndsWithAsync(
            StatusCode.Internal, channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync);

        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        Assert.Contains(server.Log.Lines, line => line.Exception?.Message == "secret of the handler");
    }

    [Fact]
    public async Task Handler_ThrowsStatus_ItArrivesWithItsTrailers()
    {
        var service = new ScriptedService
        {
            Expand = async (request, responses, context) =>
            {
                await responses.WriteAsync(request, context.CancellationToken);
                var trailers = new Metadata { { "epoch", "7" } };
                throw new RpcException(new Status(StatusCode.Aborted, "überholt"), trailers);
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        using var call = channel.ServerStreaming(ScriptedMethods.Expand, ScriptedMethods.Text("a"));

        Assert.True(await call.ResponseStream.MoveNext().Bounded());
        var e = await RpcAssert.EndsWithAsync(StatusCode.Aborted, call.ResponseStream.MoveNext());
        Assert.Equal("überholt", e.Status.Detail);
        Assert.Equal("7", e.Trailers.GetValue("epoch"));
    }

    [Fact]
    public async Task Authorize_Refuses_HandlerNeverRuns()
    {
        var ran = false;
        var service = new ScriptedService
        {
            Collect = (_, _) =>
            {
                ran = true;
                return Task.FromResult(ScriptedMethods.Text(""));
            },
        };
        var options = new RpcServerOptions
        {
            Authorize = context => context.RequestHeaders.GetValue("authorization") == "Bearer good"
                ? default
                : throw new RpcException(StatusCode.Unauthenticated, "Show a token."),
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service, options));
        using var channel = server.Connect();

        using var refused = channel.ClientStreaming(ScriptedMethods.Collect);
        await RpcAssert.EndsWithAsync(StatusCode.Unauthenticated, refused.ResponseAsync);
        Assert.False(ran);

        using var accepted = channel.ClientStreaming(
            ScriptedMethods.Collect, new CallOptions(new Metadata { { "authorization", "Bearer good" } }));
        await accepted.ResponseAsync.Bounded();
        Assert.True(ran);
    }

    [Fact]
    public async Task WriteAsync_AfterCompleteOrAfterTheServersEnd_Fails()
    {
        var service = new ScriptedService { Chat = (_, _, _) => Task.CompletedTask };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        using var ended = channel.Duplex(ScriptedMethods.Chat);
        Assert.False(await ended.ResponseStream.MoveNext().Bounded());
        await RpcAssert.EndsWithAsync(
            StatusCode.Unavailable, ended.RequestStream.WriteAsync(ScriptedMethods.Text("late")));

        using var completed = channel.ClientStreaming(ScriptedMethods.Collect);
        await completed.RequestStream.CompleteAsync().Bounded();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => completed.RequestStream.WriteAsync(ScriptedMethods.Text("late")).Bounded());
    }

    [Fact]
    public async Task Unary_RefusedBeforeItsBodyIsRead_GivesTheRefusal()
    {
        var options = new RpcServerOptions
        {
            Authorize = _ => throw new RpcException(StatusCode.PermissionDenied, "Not yours."),
        };
        await using var server =
            await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService(), options));
        using var channel = server.Connect();

        for (var round = 0; round < 20; round++)
        {
            await RpcAssert.EndsWithAsync(
                StatusCode.PermissionDenied,
                channel.Unary(ScriptedMethods.One, ScriptedMethods.Sized(3_000_000)).ResponseAsync);
        }
    }
}
