using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Transport;

/// <summary>The four kinds of calls between the project's own client and server.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task Unary_Echo_ReturnsRequestAndOK()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        using var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("sector 7"));

        var response = await call.ResponseAsync.Bounded();

        Assert.Equal("sector 7", response.Value.ToStringUtf8());
        Assert.Equal(Status.OK, call.GetStatus());
    }

    [Fact]
    public async Task ServerStreaming_FiveResponses_AllArriveInOrderThenEnd()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        using var call = channel.ServerStreaming(ScriptedMethods.Expand, ScriptedMethods.Bytes(5, 4, 3, 2, 1));

        var received = new List<byte>();
        while (await call.ResponseStream.MoveNext().Bounded())
        {
            received.Add(call.ResponseStream.Current.Value[0]);
        }

        Assert.Equal([5, 4, 3, 2, 1], received);
        Assert.Equal(Status.OK, call.GetStatus());
        Assert.False(await call.ResponseStream.MoveNext().Bounded());
    }

    [Fact]
    public async Task ClientStreaming_ThreeRequests_AnsweredAfterCompletion()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        using var call = channel.ClientStreaming(ScriptedMethods.Collect);

        foreach (var size in new[] { 1, 20, 300 })
        {
            await call.RequestStream.WriteAsync(ScriptedMethods.Sized(size)).Bounded();
        }

        await call.RequestStream.CompleteAsync().Bounded();
        Assert.Equal("321", (await call.ResponseAsync.Bounded()).Value.ToStringUtf8());
    }

    [Fact]
    public async Task Duplex_ThousandsBothWays_ArriveInOrder()
    {
        const int Count = 5000;
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        using var call = channel.Duplex(ScriptedMethods.Chat);

        var writing = WriteAllAsync(call, Count);
        for (var i = 0; i < Count; i++)
        {
            Assert.True(await call.ResponseStream.MoveNext().Bounded());
            Assert.Equal(i, BitConverter.ToInt32(call.ResponseStream.Current.Value.Span));
        }

        await writing.Bounded();
        Assert.False(await call.ResponseStream.MoveNext().Bounded());
        Assert.Equal(Status.OK, call.GetStatus());
    }

    [Fact]
    public async Task Duplex_ServerSpeaksFirst_ClientNeedNotWrite()
    {
        var service = new ScriptedService
        {
            Chat = async (requests, responses, context) =>
            {
                await responses.WriteAsync(ScriptedMethods.Text("welcome"), context.CancellationToken);
                Assert.False(await requests.MoveNext(context.CancellationToken));
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        using var call = channel.Duplex(ScriptedMethods.Chat);

        Assert.True(await call.ResponseStream.MoveNext().Bounded());
        Assert.Equal("welcome", call.ResponseStream.Current.Value.ToStringUtf8());
        await call.RequestStream.CompleteAsync().Bounded();
        Assert.False(await call.ResponseStream.MoveNext().Bounded());
    }

    [Fact]
    public async Task Duplex_ConcurrentWriters_MessagesStayWhole()
    {
        const int Writers = 8, Each = 200;
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        using var call = channel.Duplex(ScriptedMethods.Chat);

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var bytes = Enumerable.Repeat((byte)writer, 100 + i).ToArray();
                await call.RequestStream.WriteAsync(ScriptedMethods.Bytes(bytes));
            }
        })));
        var counts = new int[Writers];
        for (var i = 0; i < Writers * Each; i++)
        {
            Assert.True(await call.ResponseStream.MoveNext().Bounded());
            var bytes = call.ResponseStream.Current.Value;
            Assert.True(bytes.All(value => value == bytes[0]));
            Assert.Equal(100 + counts[bytes[0]]++, bytes.Length);
        }

        await writing.Bounded();
    }

    private static async Task WriteAllAsync(DuplexCall<BytesValue, BytesValue> call, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await call.RequestStream.WriteAsync(ScriptedMethods.Bytes(BitConverter.GetBytes(i)));
        }

        await call.RequestStream.CompleteAsync();
    }
}
