using System.Net;
using Federation.Discovery.Embedded;
using Federation.Discovery.Etcd;
using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.Hosting.Daemon;
using Federation.Hosting.Net;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Host;

/// <summary>
/// The store as the miner has it: etcd where EtcdAddrs names some, otherwise the embedded one, which the miner runs and
/// then comes to as any client does.
/// </summary>
internal sealed partial class StoreSide : IAsyncDisposable
{
    private readonly EmbeddedStore? _embedded;
    private readonly EmbeddedStoreServer? _server;

    private StoreSide(EtcdStore client, IReadOnlyList<string> endpoints, WireCounter counter, EmbeddedStore? embedded,
        EmbeddedStoreServer? server)
    {
        (Client, Endpoints, Counter, _embedded, _server) = (client, endpoints, counter, embedded, server);
    }

    /// <summary>The client.</summary>
    public EtcdStore Client { get; }

    /// <summary>Where it, and everybody else, finds the store.</summary>
    public IReadOnlyList<string> Endpoints { get; }

    /// <summary>Counts the client's bytes.</summary>
    public WireCounter Counter { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="OperatorException">It cannot be reached, or the embedded one cannot be run here.</exception>
    public static async Task<StoreSide> OpenAsync(
        SealAgentConfig config, TlsMaterial? tls, string folder, DaemonContext context)
    {
        EmbeddedStore? embedded = null;
        EmbeddedStoreServer? server = null;
        try
        {
            if (config.EtcdAddrs.Count == 0)
            {
                (embedded, server) = await StartEmbeddedAsync(config, tls, folder, context);
            }

            string[] endpoints = server is null
                ? [.. config.EtcdAddrs.Select(static address => address.ToString())]
                : [server.EndPoint.ToString()];
            var counter = new WireCounter();
            var options = new EtcdStoreOptions { Tls = tls?.Credentials, Counter = counter,
                TimeProvider = context.Time };
            var client = await EtcdStore.ConnectAsync(
                endpoints, options, context.Loggers.CreateLogger<EtcdStore>(), context.Stopping);
            return new StoreSide(client, endpoints, counter, embedded, server);
        }
        catch (NoEndpointsException error)
        {
            await StopAsync(embedded, server);
            var lines = error.Message.Split('\n', 2);
            throw new OperatorException(lines[0], lines.ElementAtOrDefault(1), error);
        }
        catch (Exception error) when (error is StoreFolderException or StoreListenException)
        {
            await StopAsync(embedded, server);
            throw new OperatorException(error.Message, null, error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await StopAsync(_embedded, _server);
    }

    private static async Task<(EmbeddedStore Store, EmbeddedStoreServer Server)> StartEmbeddedAsync(
        SealAgentConfig config, TlsMaterial? tls, string folder, DaemonContext context)
    {
        var logger = context.Loggers.CreateLogger<StoreSide>();
        var listen = await EndPointAsync(config.StoreListen, context.Stopping);
        await PortClaim.RequireFreeAsync(
            [new(listen, "the embedded store", "[SealAgent] StoreListen")], context.Time, context.Stopping);
        var store = await EmbeddedStore.OpenAsync(
            folder, new EmbeddedStoreOptions { TimeProvider = context.Time },
            context.Loggers.CreateLogger<EmbeddedStore>());
        try
        {
            var server = await EmbeddedStoreServer.StartAsync(
                store, listen, tls?.Credentials, config.Security.Insecure, context.Loggers);
            LogEmbedded(logger, server.EndPoint.ToString());
            _ = ReportStopAsync(store, context.Fatal);
            return (store, server);
        }
        catch (Exception)
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static async Task ReportStopAsync(EmbeddedStore store, IFatalHandler fatal)
    {
        if (await store.Stopped is { } cause)
        {
            fatal.Fail("embedded store", cause);
        }
    }

    private static async Task<IPEndPoint> EndPointAsync(HostPort listen, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(listen.Host, out var address))
        {
            return new IPEndPoint(address, listen.Port);
        }

        if (listen.Host == "localhost")
        {
            return new IPEndPoint(IPAddress.Loopback, listen.Port);
        }

        try
        {
            return new IPEndPoint((await Dns.GetHostAddressesAsync(listen.Host, cancellationToken))[0], listen.Port);
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw new OperatorException(
                $"[SealAgent] StoreListen = \"{listen}\" names a host that cannot be found: {error.Message}",
                "name an address of this machine", error);
        }
    }

    private static async Task StopAsync(EmbeddedStore? embedded, EmbeddedStoreServer? server)
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }
    }

    [LoggerMessage(3201, LogLevel.Information, "embedded store listening on {EndPoint}")]
    private static partial void LogEmbedded(ILogger logger, string endPoint);
}
