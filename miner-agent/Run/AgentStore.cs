using Federation.Discovery.Etcd;
using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.MinerAgent.Config;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Run;

/// <summary>Connects to the store, within a bounded time.</summary>
internal static class AgentStore
{
    /// <summary>Connects to EtcdAddrs, or where these are empty to the miner's embedded store.</summary>
    /// <exception cref="OperatorException">No endpoint answered in time.</exception>
    public static async Task<EtcdStore> ConnectAsync(
        AgentConfig config, TlsCredentials? tls, WireCounter counter, TimeProvider time, ILoggerFactory loggers,
        CancellationToken stop)
    {
        var options = new EtcdStoreOptions { Tls = tls, Counter = counter, StartTimeout = config.StartTimeout,
            TimeProvider = time };
        try
        {
            return await EtcdStore.ConnectAsync(
                Endpoints(config.SealAgent), options, loggers.CreateLogger<EtcdStore>(), stop);
        }
        catch (NoEndpointsException error)
        {
            var lines = error.Message.Split('\n', 2);
            throw new OperatorException(
                lines[0], lines.Length > 1 ? lines[1] : "check [SealAgent] EtcdAddrs and that the store runs", error);
        }
    }

    private static string[] Endpoints(SealAgentConfig config) =>
        [.. (config.EtcdAddrs.Count > 0 ? config.EtcdAddrs : [config.StoreListen])
            .Select(endpoint => endpoint.ToString())];
}
