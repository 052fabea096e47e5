using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Federation.Proto.Transport.Wire;

/// <summary>The HTTP/2 client below a channel.</summary>
internal static class ChannelHandler
{
    private const int MaxResponseHeadersKiB = 64;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static SocketsHttpHandler Create(RpcChannelOptions options, WireCounter counter, Http2Preface preface)
    {
        var visible = options.Tls is null ? preface : null;
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, counter, visible, token),
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = options.KeepAlivePingDelay,
            KeepAlivePingPolicy =
                options.PingWhenIdle ? HttpKeepAlivePingPolicy.Always : HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingTimeout = options.KeepAlivePingTimeout,
            MaxResponseHeadersLength = MaxResponseHeadersKiB,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseCookies = false,
            UseProxy = false,
        };
        if (options.Tls is { } tls)
        {
            handler.SslOptions = TlsOptions(tls);
        }

        return handler;
    }

    private static SslClientAuthenticationOptions TlsOptions(TlsCredentials tls) => new()
    {
        CertificateChainPolicy = tls.PolicyFor(new Oid(ServerAuthentication)),
        ClientCertificateContext = tls.Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint endPoint, WireCounter counter, Http2Preface? preface, CancellationToken cancellationToken)
    {
        preface?.Begin();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new CountingStream(socket, counter, preface);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
