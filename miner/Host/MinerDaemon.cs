using System.Net;
using Federation.Chain;
using Federation.Chain.Devnet;
using Federation.Chain.Messages;
using Federation.Discovery;
using Federation.Discovery.Agents;
using Federation.Discovery.Jobs;
using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.Hosting.Daemon;
using Federation.Hosting.Health;
using Federation.Hosting.Http;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Metrics;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Miner.Api;
using Federation.Miner.Config;
using Federation.Miner.Gate;
using Federation.Miner.Shelf;
using Federation.Miner.Sectors;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proto.Records;
using Federation.Proto.Transport;
using Microsoft.Extensions.Logging;

namespace Federation.Miner.Host;

/// <summary>
/// What <c>miner run</c> runs: puts all parts together, starts them in order, and stops them in reverse.
/// </summary>
internal static partial class MinerDaemon
{
    private const uint Generation = 1;
    private const string LeaderCondition = "leader", ApiCondition = "api";

    /// <summary>Runs a repository's miner until the context's token is cancelled.</summary>
    /// <exception cref="OperatorException">It cannot start for a reason that the operator can put right.</exception>
    public static async Task RunAsync(string path, DaemonContext context)
    {
        using var repository = RepositoryFolder.Open(path, "miner");
        var logger = context.Loggers.CreateLogger("miner");
        var actor = ActorFile.Read(repository.FolderPath);
        var loaded = ConfigLoader.Load(repository.ConfigPath, MinerConfig.Read);
        foreach (var warning in loaded.Warnings)
        {
            LogWarning(logger, warning);
        }

        var config = loaded.Value;
        var tls = TlsMaterial.Load(config.SealAgent.Security);
        await RequireFreePortsAsync(config, context);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.Stopping);
        await using var store = await StoreSide.OpenAsync(
            config.SealAgent, tls, Path.Combine(repository.FolderPath, "store"), context);
        var keys = VerifyingKeys.OfDevnet(context.Loggers.CreateLogger<VerifyingKeys>());
        using var shelf = new ProofShelf(Path.Combine(repository.FolderPath, "proofs"), actor.Actor, keys);
        await using var chain = OpenDevnet(repository, actor, config, shelf, context);
        RequireProofs(config.Devnet, chain, repository);
        if (chain.Parameters.Proofs == ProofKind.Groth16)
        {
            keys.Prepare(new CircuitId(CircuitKind.PoRep, actor.Shape));
        }

        await RunPartsAsync(new MinerParts(repository, actor, config, tls, store, shelf, chain), context, stopping);
    }

    /// <summary>All ports are tried before anything is opened: one start names all that are taken.</summary>
    private static Task RequireFreePortsAsync(MinerConfig config, DaemonContext context)
    {
        var (ports, api) = (config.SealAgent.Ports, config.Api.ListenAddress);
        List<PortClaim> claims = [ports.Grpc, ports.Http, ports.Bulk];
        if (api.Port > 0 && IPAddress.TryParse(api.Host, out var address))
        {
            claims.Add(ApiClaim(new(address, api.Port)));
        }

        return PortClaim.RequireFreeAsync(claims, context.Time, context.Stopping);
    }

    private static PortClaim ApiClaim(IPEndPoint endpoint) => new(endpoint, "JSON-RPC", "[API] ListenAddress");

    private static DevnetChain OpenDevnet(
        RepositoryFolder repository, ActorFile actor, MinerConfig config, ProofShelf shelf, DaemonContext context)
    {
        try
        {
            return DevnetChain.Open(
                Path.Combine(repository.FolderPath, "devnet"), config.Devnet.ToOptions(actor.Id), shelf, context.Time,
                context.Loggers.CreateLogger<DevnetChain>());
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new OperatorException(error.Message, null, error);
        }
    }

    /// <summary>What a devnet takes is fixed when it is made.</summary>
    private static void RequireProofs(DevnetConfig config, DevnetChain chain, RepositoryFolder repository)
    {
        if (config.Proofs is { } asked && asked != chain.Parameters.Proofs)
        {
            var taken = ProofKindText.Format(chain.Parameters.Proofs);
            throw new OperatorException(
                $"{repository.ConfigPath} asks for a devnet that takes {ProofKindText.Format(asked)} proofs, the "
                    + $"one in this repository was made to take {taken} proofs",
                $"set [Devnet] Proofs = \"{taken}\" there, or begin a new devnet by 'miner init' in another folder");
        }
    }

    private static async Task RunPartsAsync(MinerParts parts, DaemonContext context, CancellationTokenSource stopping)
    {
        var keys = new FederationKeys(parts.Actor.Actor);
        var board = new JobBoard(parts.Store.Client, keys, context.Time);
        var index = new SectorIndex(keys);
        var agents = new AttachedAgents(context.Time);
        var registered = new AgentIndex(new AgentRegistry(parts.Store.Client, keys, context.Time));
        var metrics = new MetricsRegistry();
        var health = new HealthState(LeaderCondition, ApiCondition);
        var role = CreateRole(parts, board, index, health, context);
        var secret = parts.Repository.GetOrCreateJwtSecret();
        var (tokens, agentTokens) = (new ApiTokens(secret), new AgentTokens(secret));
        var waits = new SectorWaits(index, () => registered.Known);
        var received = MinerMetrics.Register(metrics, parts, index, waits, agents);
        var operatorApi = new OperatorApi(
            parts, board, index, waits, role, agents, registered, tokens, agentTokens, stopping, context.Time);

        await using var operations = await OperationsServer.StartAsync(
            parts.Config.SealAgent.Ports.Http, parts.Tls, metrics, health, context.Loggers, ct: context.Stopping);
        await using var gate = await StartGateAsync(parts, agentTokens, agents, role, context);
        await using var bulk = await StartBulkAsync(parts, board, index, agentTokens, role, received, context);
        var history = new HistoryLoop(
            parts.Store.Client, keys, parts.Config.HistoryKept, () => role.Acting is not null, context.Time,
            context.Loggers.CreateLogger<HistoryLoop>());
        var waiting = new WaitLoop(
            index, waits, () => role.Acting is not null, context.Time, context.Loggers.CreateLogger<WaitLoop>());
        var running = role.RunAsync(stopping.Token);
        try
        {
            await await Task.WhenAny(role.Taken, running);
            await using var api = await StartApiAsync(parts, operatorApi, tokens, context);
            health.Set(ApiCondition, true);
            await RunLoopsAsync(
                [
                    running, history.RunAsync(stopping.Token), registered.RunAsync(stopping.Token),
                    waiting.RunAsync(stopping.Token),
                ],
                stopping);
        }
        finally
        {
            // A start that fails ends the role too: it would go on with a store that is closed.
            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static MinerRole CreateRole(
        MinerParts parts, JobBoard board, SectorIndex index, HealthState health, DaemonContext context)
    {
        var config = parts.Config.SealAgent;
        return new MinerRole(
            board, parts.Chain, parts.Shelf, index, Candidate(parts, config.Ports, parts.Config.Advertise),
            config.LeaseTtl, GracePolicy.From(config.Grace), context.Loggers, context.Time)
        {
            ActingChanged = isActing => health.Set(LeaderCondition, isActing),
        };
    }

    private static Task<RpcHost> StartGateAsync(
        MinerParts parts, AgentTokens tokens, AttachedAgents agents, MinerRole role, DaemonContext context) =>
        RpcHost.StartAsync(
            parts.Config.SealAgent.Ports.Grpc, parts.Tls, parts.Config.SealAgent.Security.Insecure,
            new MinerGateService(
                parts.Actor, tokens, agents, () => role.Term, context.Loggers.CreateLogger<MinerGateService>()),
            context.Loggers, new RpcServerOptions { MaxReceiveMessageBytes = MinerGateService.MaxMessageBytes });

    private static Task<RpcHost> StartBulkAsync(
        MinerParts parts, JobBoard board, SectorIndex index, AgentTokens tokens, MinerRole role, MetricCounter received,
        DaemonContext context)
    {
        var reader = new SectorReader(board);
        var service = new MinerBulkService(
            tokens, parts.Shelf, (sector, stop) => reader.ReadAsync(sector, index.RegionOf(sector), stop),
            sector => role.Acting?.Loop.Poke(sector), received, context.Loggers.CreateLogger<MinerBulkService>());
        return RpcHost.StartAsync(
            parts.Config.SealAgent.Ports.Bulk, parts.Tls, parts.Config.SealAgent.Security.Insecure,
            service, context.Loggers,
            new RpcServerOptions { MaxReceiveMessageBytes = MinerBulkService.MaxChunkBytes });
    }

    private static async Task<HttpHost> StartApiAsync(
        MinerParts parts, OperatorApi operatorApi, ApiTokens tokens, DaemonContext context)
    {
        var server = new JsonRpcServer(operatorApi.Methods(), tokens, context.Loggers.CreateLogger<JsonRpcServer>());
        var address = parts.Config.Api.ListenAddress;
        if (!IPAddress.TryParse(address.Host, out var ip))
        {
            throw new OperatorException(
                $"[API] ListenAddress = \"{address}\" names no address of this machine",
                "write it like /ip4/127.0.0.1/tcp/2345/http");
        }

        var host = await HttpHost.StartAsync(
            ApiClaim(new(ip, address.Port)), parts.Tls, server.MapTo, context.Loggers, context.Stopping);
        parts.Repository.WriteToken(tokens.Issue(ApiTokens.UpTo(ApiPermissions.Admin)));
        parts.Repository.WriteApi(Multiaddr.FromEndPoint(host.Endpoint, parts.Tls is null ? "http" : "https"));
        LogReady(context.Loggers.CreateLogger("miner"), parts.Actor.Actor, parts.Actor.Shape.Name,
            host.Endpoint.ToString(), parts.Config.SealAgent.Ports.Port);
        return host;
    }

    /// <summary>
    /// No loop ends before the stop: the first that does brings the others down, and its exception up.
    /// </summary>
    private static async Task RunLoopsAsync(Task[] loops, CancellationTokenSource stopping)
    {
        try
        {
            await await Task.WhenAny(loops);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The stop that was asked for, by a signal or by 'miner stop'.
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAll(loops).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private static LeaderRecord Candidate(MinerParts parts, ServePorts ports, AdvertisedAddresses? advertise)
    {
        var host = ports.Address.Equals(IPAddress.Any) || ports.Address.Equals(IPAddress.IPv6Any)
            ? Dns.GetHostName()
            : ports.Address.ToString();
        return new LeaderRecord
        {
            Miner = parts.Actor.Actor,
            RepositoryId = parts.Repository.Id.ToString(),
            Incarnation = Guid.NewGuid().ToString(),
            ServeAddress = (advertise?.Grpc ?? new HostPort(host, ports.Grpc.Endpoint.Port)).ToString(),
            BulkAddress = (advertise?.Bulk ?? new HostPort(host, ports.Bulk.Endpoint.Port)).ToString(),
            SectorSize = parts.Actor.SectorSize,
            Software = SoftwareVersion.Text,
            Generation = Generation,
        };
    }

    [LoggerMessage(3231, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(3232, LogLevel.Information,
        "miner {Actor}, {SectorSize} sectors, is ready: API on {Api}, agents on port {Port}")]
    private static partial void LogReady(ILogger logger, string actor, string sectorSize, string api, int port);
}
