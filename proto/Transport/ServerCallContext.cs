using System.Security.Cryptography.X509Certificates;
using Federation.Proto.Transport.Wire;
using Microsoft.AspNetCore.Http;

namespace Federation.Proto.Transport;

/// <summary>One call seen from its handler. Not thread-safe, but for its tokens.</summary>
public sealed class ServerCallContext
{
    private readonly Lazy<Metadata> _requestHeaders;

    internal ServerCallContext(HttpContext http, ServerCallLifetime lifetime, string method, TimeSpan? timeout)
    {
        HttpContext = http;
        Lifetime = lifetime;
        Method = method;
        Timeout = timeout;
        _requestHeaders = new Lazy<Metadata>(() => ServerHeaders.ToMetadata(http.Request.Headers));
    }

    /// <summary>The method's full name, <c>/package.Service/Method</c>.</summary>
    public string Method { get; }

    /// <summary>The HTTP request below the call.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>Address and port of the other end of the connection.</summary>
    public string Peer => $"{HttpContext.Connection.RemoteIpAddress}:{HttpContext.Connection.RemotePort}";

    /// <summary>The certificate that the peer proved to own; null without mutual TLS.</summary>
    public X509Certificate2? PeerCertificate => HttpContext.Connection.ClientCertificate;

    /// <summary>What the client sent along.</summary>
    public Metadata RequestHeaders => _requestHeaders.Value;

    /// <summary>What goes out with the status.</summary>
    public Metadata ResponseTrailers { get; } = [];

    /// <summary>
    /// Cancelled when the client has ended the call or is gone, when the deadline has passed, and, in a call that
    /// streams, when the server stops. A handler ends soon after.
    /// </summary>
    public CancellationToken CancellationToken => Lifetime.Token;

    /// <summary>The client's time-out as it was sent; null when it waits for ever.</summary>
    public TimeSpan? Timeout { get; }

    internal ServerCallLifetime Lifetime { get; }

    /// <summary>
    /// Sends headers before the first message. Throws <see cref="InvalidOperationException"/> after it.
    /// </summary>
    public async Task WriteResponseHeadersAsync(Metadata headers)
    {
        if (HttpContext.Response.HasStarted)
        {
            throw new InvalidOperationException("The response has begun: headers go before its first message.");
        }

        ServerHeaders.Append(HttpContext.Response.Headers, headers);
        await HttpContext.Response.StartAsync(CancellationToken.None);
        await HttpContext.Response.BodyWriter.FlushAsync(CancellationToken.None);
    }
}
