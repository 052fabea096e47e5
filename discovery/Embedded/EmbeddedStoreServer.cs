using System.Net;
using System.Net.Sockets;
using Federation.Discovery.Embedded.Server;
using Federation.Proto.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Federation.Discovery.Embedded;

/// <summary>Serves an <see cref="EmbeddedStore"/> over etcd's v3 API on a listener of its own.</summary>
public sealed class EmbeddedStoreServer : IAsyncDisposable
{
    private const int OverheadBytes = 512 * 1024;
    private readonly WebApplication _app;

    private EmbeddedStoreServer(WebApplication app, IPEndPoint endPoint)
    {
        _app = app;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens; the port that was found when port 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts to listen. The store stays its owner's to dispose, after the server.</summary>
    /// <param name="store">The store.</param>
    /// <param name="listen">
    /// Address and port; without TLS a loopback address unless insecurity is allowed by name.
    /// </param>
    /// <param name="tls">Mutual TLS.</param>
    /// <param name="allowInsecure">Whether a reachable address without TLS is meant.</param>
    /// <param name="loggers">Where the listener logs; nowhere when null.</param>
    /// <exception cref="StoreListenException">The address cannot be listened on.</exception>
    /// <exception cref="ArgumentException">The address needs TLS.</exception>
    public static async Task<EmbeddedStoreServer> StartAsync(
        EmbeddedStore store,
        IPEndPoint listen,
        TlsCredentials? tls = null,
        bool allowInsecure = false,
        ILoggerFactory? loggers = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (loggers is not null)
        {
            builder.Services.AddSingleton(loggers);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureForRpc();
            kestrel.ListenRpc(listen, tls, allowInsecure);
        });
        var app = builder.Build();
        var urls = new List<string>();
        MapEmbeddedStore(app, store, urls);
        await StartAsync(app, listen);
        var bound = Bound(app, listen);
        urls.Add($"{(tls is null ? "http" : "https")}://{bound}");
        return new EmbeddedStoreServer(app, bound);
    }

    /// <summary>Puts etcd's services on routes of a server that listens already.</summary>
    /// <param name="endpoints">The routes.</param>
    /// <param name="store">The store.</param>
    /// <param name="clientUrls">What the member list tells clients to dial.</param>
    public static void MapEmbeddedStore(
        IEndpointRouteBuilder endpoints, EmbeddedStore store, IReadOnlyList<string> clientUrls)
    {
        var options = new RpcServerOptions { MaxReceiveMessageBytes = store.Options.MaxRequestBytes + OverheadBytes };
        endpoints.MapRpcService(new KvService(store), options);
        endpoints.MapRpcService(new WatchService(store), options);
        endpoints.MapRpcService(new LeaseService(store), options);
        endpoints.MapRpcService(new MaintenanceService(store), options);
        endpoints.MapRpcService(new ClusterService(store, clientUrls), options);
    }

    /// <summary>Ends the streams and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task StartAsync(WebApplication app, IPEndPoint listen)
    {
        try
        {
            await app.StartAsync();
        }
        catch (ArgumentException)
        {
            await app.DisposeAsync();
            throw;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new StoreListenException(
                $"The embedded store cannot listen on {listen}: {e.Message.TrimEnd('.')}. "
                + "Stop what uses the port, or set [SealAgent] StoreListen to another address.",
                e);
        }
    }

    private static IPEndPoint Bound(WebApplication app, IPEndPoint listen)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new IPEndPoint(listen.Address, new Uri(addresses.Single()).Port);
    }
}
