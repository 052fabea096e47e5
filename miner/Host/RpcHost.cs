using System.Net.Sockets;
using Federation.Hosting;
using Federation.Hosting.Net;
using Federation.Proto.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Host;

/// <summary>A listener for calls, with one service. Disposing it stops it.</summary>
internal sealed class RpcHost : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private RpcHost(WebApplication app) => _app = app;

    /// <summary>Opens the listener.</summary>
    /// <exception cref="OperatorException">It cannot be opened; names port, setting and remedy.</exception>
    public static async Task<RpcHost> StartAsync(
        PortClaim listener, TlsMaterial? tls, bool allowInsecure, RpcServiceBase service, ILoggerFactory loggers,
        RpcServerOptions? options = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureForRpc();
            kestrel.ListenRpc(listener.Endpoint, tls?.Credentials, allowInsecure);
        });
        var app = builder.Build();
        app.UseRouting();
        app.MapRpcService(service, options);
        try
        {
            await app.StartAsync();
            return new RpcHost(app);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new OperatorException(listener.FindProblem() ?? error.Message, null, error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }
}
