using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Federation.Hosting.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Http;

/// <summary>A running HTTP/1.1 listener on Kestrel. Disposing it stops it.</summary>
public sealed class HttpHost : IAsyncDisposable
{
    private const int MaxConnections = 1000;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private HttpHost(WebApplication app, IPEndPoint endpoint)
    {
        _app = app;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Opens a listener.</summary>
    /// <param name="listener">Where, and how errors name it; port 0 lets the system choose.</param>
    /// <param name="tls">Mutual TLS, or null for none: the caller has asked <see cref="ListenPolicy"/>.</param>
    /// <param name="map">Adds the routes; what none of them takes is answered as Go's server does.</param>
    /// <param name="loggers">Where Kestrel's warnings go.</param>
    /// <param name="ct">Ends the start.</param>
    /// <exception cref="OperatorException">The listener cannot be opened; names port, setting and remedy.</exception>
    public static async Task<HttpHost> StartAsync(
        PortClaim listener,
        TlsMaterial? tls,
        Action<WebApplication> map,
        ILoggerFactory loggers,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(map);
        var app = Build(listener.Endpoint, tls, loggers);
        app.UseRouting();
        map(app);
        app.MapFallback("/{**path}", NotFoundAsync);
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw Explain(e, listener);
        }

        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new HttpHost(app, new IPEndPoint(listener.Endpoint.Address, new Uri(bound.Addresses.Single()).Port));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(IPEndPoint endpoint, TlsMaterial? tls, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (tls is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ => ValueTask.FromResult<SslServerAuthenticationOptions>(tls.ServerOptions()),
                    });
                }
            });
        });
        return builder.Build();
    }

    private static OperatorException Explain(Exception e, PortClaim listener)
    {
        var error = e as SocketException ?? e.InnerException as SocketException
            ?? e.InnerException?.InnerException as SocketException;
        var code = error?.SocketErrorCode
            ?? (e.InnerException is AddressInUseException ? SocketError.AddressAlreadyInUse : SocketError.SocketError);
        return new OperatorException(listener.Explain(code, e.Message), null, e);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        const string Text = "404 page not found\n";
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = Text.Length;
        return context.Response.WriteAsync(Text);
    }
}
