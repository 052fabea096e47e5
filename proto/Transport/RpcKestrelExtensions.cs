using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Federation.Proto.Transport;

/// <summary>Kestrel's settings for listeners that carry calls.</summary>
public static class RpcKestrelExtensions
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int ConnectionWindowBytes = 8 * 1024 * 1024;
    private const int StreamWindowBytes = 512 * 1024;
    private const int MaxStreamsPerConnection = 256;
    private const int MaxConnections = 2048;
    private const int MaxHeaderBytes = 16 * 1024;

    /// <summary>
    /// Sets limits for calls that live on and for peers that misbehave: no least data rate (a quiet stream is no
    /// attack), no body limit (each message has one), pings for dead peers, bounds on headers, streams and connections.
    /// </summary>
    /// <param name="kestrel">The server's options; they hold for its other listeners too.</param>
    /// <param name="maxConnections">Connections at once; more are closed as they come.</param>
    public static void ConfigureForRpc(this KestrelServerOptions kestrel, long maxConnections = MaxConnections)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestBodySize = null;
        limits.MaxConcurrentConnections = maxConnections;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
        limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        limits.Http2.MaxRequestHeaderFieldSize = MaxHeaderBytes;
    }

    /// <summary>
    /// Listens for calls: HTTP/2 only, with mutual TLS when credentials are given. Without them the address must be
    /// loopback unless <paramref name="allowInsecure"/>; throws <see cref="ArgumentException"/> otherwise.
    /// </summary>
    public static void ListenRpc(
        this KestrelServerOptions kestrel, IPEndPoint endPoint, TlsCredentials? tls = null, bool allowInsecure = false)
    {
        if (tls is null && !allowInsecure && !IPAddress.IsLoopback(endPoint.Address))
        {
            throw new ArgumentException(
                $"{endPoint} is no loopback address: give TLS credentials or allow insecurity by name.",
                nameof(endPoint));
        }

        kestrel.Listen(endPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (tls is not null)
            {
                listen.UseHttps(CallbackOptions(tls));
            }
        });
    }

    private static TlsHandshakeCallbackOptions CallbackOptions(TlsCredentials tls)
    {
        if (tls.Context is null)
        {
            throw new ArgumentException("A listener with TLS needs a certificate of its own.", nameof(tls));
        }

        return new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = TimeSpan.FromSeconds(10),
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                CertificateChainPolicy = tls.PolicyFor(new Oid(ClientAuthentication)),
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ServerCertificateContext = tls.Context,
            }),
        };
    }
}
