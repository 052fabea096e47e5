using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Transport;

/// <summary>Messages at and over the limits, on both sides.</summary>
public sealed class SizeLimitTests
{
    private const int Default = 4 * 1024 * 1024;

    [Fact]
    public async Task Unary_AtTheDefaultLimitBothWays_Passes()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        var request = OfWireSize(Default);

        Assert.Equal(request, await channel.Unary(ScriptedMethods.One, request).ResponseAsync.Bounded());
    }

    [Fact]
    public async Task Unary_RequestOverTheServersLimit_IsResourceExhausted()
    {
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(new ScriptedService()));
        using var channel = server.Connect();
        await RpcAssert.EndsWithAsync(
            StatusCode.ResourceExhausted, channel.Unary(ScriptedMethods.One, OfWireSize(Default + 1)).ResponseAsync);
    }

    [Fact]
    public async Task Unary_ResponseOverTheClientsLimit_IsResourceExhaustedAndTheConnectionGoesOn()
    {
        var server = await TestServer.StartAsync(routes =>
            routes.MapRpcService(new ScriptedService(), new RpcServerOptions { MaxReceiveMessageBytes = Default * 2 }));
        await using var ownedServer = server;
        using var channel = server.Connect();

        await RpcAssert.EndsWithAsync(
            StatusCode.ResourceExhausted, channel.Unary(ScriptedMethods.One, OfWireSize(Default + 1)).ResponseAsync);
        await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("on")).ResponseAsync.Bounded();
    }

    [Fact]
    public async Task Unary_32MiBWhereAllowed_Passes()
    {
        const int Limit = 32 * 1024 * 1024;
        await using var server = await TestServer.StartAsync(routes =>
            routes.MapRpcService(new ScriptedService(), new RpcServerOptions { MaxReceiveMessageBytes = Limit }));
        using var channel = server.Connect(new RpcChannelOptions { MaxReceiveMessageBytes = Limit });
        var request = OfWireSize(Limit);

        Assert.Equal(request, await channel.Unary(ScriptedMethods.One, request).ResponseAsync.Bounded());
    }

    [Fact]
    public async Task Sending_OverTheOwnLimit_FailsBeforeAnythingIsSent()
    {
        await using var server = await TestServer.StartAsync(routes =>
            routes.MapRpcService(new ScriptedService(), new RpcServerOptions { MaxSendMessageBytes = 100 }));
        using var channel = server.Connect(new RpcChannelOptions { MaxSendMessageBytes = 1000 });

        var e = Assert.Throws<RpcException>(() => channel.Unary(ScriptedMethods.One, OfWireSize(1001)));
        Assert.Equal(StatusCode.ResourceExhausted, e.StatusCode);
        Assert.Equal(0, channel.Counter.BytesSent);
        await RpcAssert.EndsWithAsync(
            StatusCode.ResourceExhausted, channel.Unary(ScriptedMethods.One, OfWireSize(101)).ResponseAsync);
    }

    [Fact]
    public async Task Duplex_MessageOverTheServersLimit_EndsTheStreamWithResourceExhausted()
    {
        await using var server = await TestServer.StartAsync(routes =>
            routes.MapRpcService(new ScriptedService(), new RpcServerOptions { MaxReceiveMessageBytes = 100 }));
        using var channel = server.Connect();
        using var call = channel.Duplex(ScriptedMethods.Chat);
        await call.RequestStream.WriteAsync(OfWireSize(100)).Bounded();
        Assert.True(await call.ResponseStream.MoveNext().Bounded());

        await call.RequestStream.WriteAsync(OfWireSize(101)).Bounded();

        await RpcAssert.EndsWithAsync(StatusCode.ResourceExhausted, call.ResponseStream.MoveNext());
    }

    private static BytesValue OfWireSize(int bytes)
    {
        var message = new BytesValue { Value = ByteString.CopyFrom(new byte[bytes]) };
        var excess = message.CalculateSize() - bytes;
        message.Value = ByteString.CopyFrom(new byte[bytes - excess]);
        Assert.Equal(bytes, message.CalculateSize());
        return message;
    }
}
