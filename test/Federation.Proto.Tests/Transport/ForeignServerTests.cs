using System.Net;
using System.Net.Sockets;
using System.Text;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Federation.Proto.Tests.Transport;

/// <summary>What listens is no gRPC server: one sentence says so, whichever way the HTTP client fails.</summary>
public sealed class ForeignServerTests
{
    /// <summary>What Kestrel's HTTP/1 listener answers to HTTP/2: a GOAWAY that asks for HTTP/1.1.</summary>
    private static readonly byte[] GoAway = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xd];

    private static readonly byte[] TlsAlert = [0x15, 3, 1, 0, 2, 2, 70];

    [Theory]
    [InlineData("http1", 1)]
    [InlineData("http1", 64)]
    [InlineData("goaway", 1)]
    [InlineData("goaway", 64)]
    [InlineData("tls", 64)]
    public async Task Duplex_ServerOfAnotherProtocol_IsSaid(string protocol, int chunk)
    {
        byte[] answer = protocol switch
        {
            "goaway" => GoAway,
            "tls" => TlsAlert,
            _ => Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
        };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerAsync(listener, answer, chunk);
        var endPoint = (IPEndPoint)listener.LocalEndpoint;
        using var channel = Channels.To(new Uri($"http://{endPoint}"));
        using var call = channel.Duplex(ScriptedMethods.Chat, new CallOptions(Timeout: Bounds.Limit));

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext()).Bounded();

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal(
            $"What listens at {endPoint} does not speak gRPC's HTTP/2: it is another port, or it wants TLS.",
            error.Status.Detail);
        Assert.IsType<ForeignServerException>(error.InnerException);
        await serving.Bounded();
    }

    [Fact]
    public async Task Duplex_ServerThatHangsUpInSilence_IsSaid()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerAsync(listener, [], 1);
        using var channel = Channels.To(new Uri($"http://{listener.LocalEndpoint}"));
        using var call = channel.Duplex(ScriptedMethods.Chat, new CallOptions(Timeout: Bounds.Limit));

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext()).Bounded();

        Assert.Equal(
            new Status(
                StatusCode.Unavailable,
                $"What listens at {listener.LocalEndpoint} closed the connection before it said anything: "
                    + "it may want TLS."),
            error.Status);
        await serving.Bounded();
    }

    /// <summary>
    /// The request is on its way when the server hangs up without having read it, as a TLS listener does. Which of
    /// reading, writing and the request's end fails first is chance, and what is said is not.
    /// </summary>
    [Fact]
    public async Task Ask_ServerThatHangsUpOnTheRequest_IsSaidWhateverFailsFirst()
    {
        var request = new BytesValue { Value = ByteString.CopyFrom(new byte[60_000]) };
        for (var i = 0; i < 150; i++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var serving = HangUpAsync(listener);
            using var channel = new RpcChannel(new Uri($"http://{listener.LocalEndpoint}"));
            using var call = channel.Duplex(ScriptedMethods.Chat, new CallOptions(Timeout: Bounds.Limit));

            var error = await Assert.ThrowsAsync<RpcException>(
                () => call.AskAsync(request, CancellationToken.None)).Bounded();

            Assert.Equal(
                $"What listens at {listener.LocalEndpoint} closed the connection before it said anything: "
                    + "it may want TLS.",
                error.Status.Detail);
            await serving.Bounded();
        }
    }

    private static async Task HangUpAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().ReadExactlyAsync(new byte[100]);
        client.LingerState = new LingerOption(true, 0);
    }

    private static async Task AnswerAsync(TcpListener listener, byte[] answer, int chunk)
    {
        using var client = await listener.AcceptTcpClientAsync();
        client.NoDelay = true;
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[24]);
        try
        {
            foreach (var part in answer.Chunk(chunk))
            {
                await stream.WriteAsync(part);
            }

            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // The caller had read enough to know, and hung up.
            return;
        }

        var rest = new byte[4096];
        while (await ReadAsync(stream, rest) > 0)
        {
            // Closing with bytes unread would reset the connection, and the answer might be lost with it.
        }
    }

    private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
