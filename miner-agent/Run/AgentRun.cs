using System.Reflection;
using Federation.Discovery;
using Federation.Discovery.Agents;
using Federation.Discovery.Jobs;
using Federation.Hosting;
using Federation.Hosting.Daemon;
using Federation.Hosting.Health;
using Federation.Hosting.Metrics;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.MinerAgent.Config;
using Federation.MinerAgent.Gate;
using Federation.MinerAgent.Jobs;
using Federation.MinerAgent.Leasing;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Upstream;
using Federation.MinerAgent.Workers;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Proto.Transport;
using Federation.Storage.Space;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Run;

/// <summary>An agent from start to stop.</summary>
internal sealed class AgentRun(RepositoryFolder repository, AgentConfig config, AgentSettings settings)
{
    private const string LeaseHeld = "lease", MinerKnown = "miner";

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    private readonly WireCounter _toStore = new(), _toMiner = new(), _toBulk = new();
    private readonly MetricsRegistry _metrics = new();
    private readonly HealthState _health = new(LeaseHeld, MinerKnown);
    private readonly SealScheduler _scheduler = new(config.PreCommit1LaneWait);
    private readonly string _incarnation = Guid.NewGuid().ToString();

    /// <summary>Runs until it is stopped. What workers run then goes on; their results are taken at the next
    /// start.</summary>
    public async Task RunAsync(DaemonContext context)
    {
        settings.Require(config.Miner, 0);
        var ports = config.SealAgent.Ports;
        await PortClaim.RequireFreeAsync([ports.Grpc, ports.Http, ports.Bulk], context.Time, context.Stopping);
        var tls = TlsMaterial.Load(config.SealAgent.Security);
        var storages = AgentStorage.Open(repository.FolderPath);
        var token = AgentRepository.ReadMinerToken(repository);
        await using var operations = await OperationsServer.StartAsync(
            ports.Http, tls, _metrics, _health, context.Loggers, ct: context.Stopping);
        await using var store = await AgentStore.ConnectAsync(
            config, tls?.Credentials, _toStore, context.Time, context.Loggers, context.Stopping);
        var keys = new FederationKeys(config.Miner);
        var leader = new LeaderWatch(store, keys, context.Time);
        var dial = new MinerDial(token, tls?.Credentials, _toMiner, _toBulk);
        using var uploader = new ProofUploader(leader, dial);
        var pool = new WorkerPool(_scheduler, PoolOptions(), context.Time, context.Loggers.CreateLogger<WorkerPool>());
        var leases = new LeaseKeeper(
            store, new AgentRegistry(store, keys, context.Time), Describe,
            new LeaseOptions { TimeToLive = config.SealAgent.LeaseTtl },
            context.Time, Random.Shared, context.Loggers.CreateLogger<LeaseKeeper>());
        var jobs = new JobSet(new JobContext
        {
            Board = new JobBoard(store, keys, context.Time),
            Me = new AgentIdentity(config.Name, config.Region, repository.Id.ToString()),
            Leases = leases,
            Scheduler = _scheduler,
            Pool = pool,
            Files = new RegionFiles(storages, VolumeFreeSpace.Instance),
            Outbox = new Outbox(Path.Combine(repository.FolderPath, AgentRepository.OutboxFolder),
                context.Loggers.CreateLogger<Outbox>()),
            Uploader = uploader,
            Options = new JobOptions { MaxClaims = config.MaxClaims },
            Time = context.Time,
            Random = Random.Shared,
            Logger = context.Loggers.CreateLogger<JobSet>(),
        });
        leases.Changed += jobs.WakeAll;
        _scheduler.Changed += jobs.WakeClaims;
        _scheduler.Changed += leases.Describe;
        var identity = new GateIdentity(
            config.Name, config.Region, config.Miner, () => leader.SectorSize, AgentStorage.Describe(storages));
        var gate = new WorkerGateService(pool, jobs, identity, context.Loggers.CreateLogger<WorkerGateService>());
        var link = new MinerLink(
            leader, dial, Hello(), pool, _scheduler, context.Time,
            () => new RetryDelay(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), context.Time, Random.Shared),
            context.Loggers.CreateLogger<MinerLink>());
        var metrics = new AgentMetrics(
            _metrics, [("store", _toStore), ("miner", _toMiner), ("bulk", _toBulk)], jobs, pool, _scheduler);
        var waits = new WaitWatch(
            _scheduler, config.Region, config.Name, context.Time, context.Loggers.CreateLogger<WaitWatch>());
        await LoopsAsync(
            context.Stopping,
            leader.RunAsync,
            stop => ServeAsync(leader, leases, jobs, link, gate, tls, context, stop),
            stop => WatchAsync(leader, leases, metrics, waits, context.Time, stop));
    }

    /// <summary>Once the miner is known: registers, serves workers and takes jobs.</summary>
    private async Task ServeAsync(
        LeaderWatch leader, LeaseKeeper leases, JobSet jobs, MinerLink link, WorkerGateService gate, TlsMaterial? tls,
        DaemonContext context, CancellationToken stop)
    {
        await RequireMinerAsync(leader, context, stop);
        await using var host = await GateHost.StartAsync(
            config.SealAgent.Ports, config.SealAgent.Security, tls, gate, AgentRepository.Tokens(repository),
            context.Loggers, stop);
        var endpoint = config.SealAgent.Ports.Grpc.Endpoint;
        repository.WriteApi(Multiaddr.FromEndPoint(endpoint, tls is null ? "http" : "https"));
        AgentLog.Serving(
            context.Loggers.CreateLogger<AgentRun>(), config.Name, config.Region, endpoint.ToString());
        await LoopsAsync(stop, leases.RunAsync, jobs.RunAsync, link.RunAsync);
    }

    private async Task RequireMinerAsync(LeaderWatch leader, DaemonContext context, CancellationToken stop)
    {
        try
        {
            var miner = await leader.FindAsync(stop).WaitAsync(config.StartTimeout, context.Time, stop);
            settings.Require(config.Miner, miner.SectorSize);
        }
        catch (TimeoutException error)
        {
            throw new OperatorException(
                "can not found any server",
                $"no miner {config.Miner} is registered in the store: start it with 'miner run', or check "
                + "[SealAgent] EtcdAddrs and Miner", error);
        }
    }

    /// <summary>Runs loops until one fails or all are cancelled; the first failure ends the others.</summary>
    private static async Task LoopsAsync(CancellationToken stop, params Func<CancellationToken, Task>[] loops)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = loops.Select(loop => loop(all.Token)).ToList();
        var first = await Task.WhenAny(running);
        await all.CancelAsync();
        try
        {
            await first;
        }
        catch (Exception error) when (error is NameTakenException or MinerRefusedException)
        {
            throw new OperatorException(error.Message, null, error);
        }
        finally
        {
            await Task.WhenAll(running.Select(SettleAsync));
        }
    }

    private static async Task SettleAsync(Task loop)
    {
        try
        {
            await loop;
        }
        catch (Exception)
        {
            // The first failure is what is told; the others end because of it.
        }
    }

    private async Task WatchAsync(
        LeaderWatch leader, LeaseKeeper leases, AgentMetrics metrics, WaitWatch waits, TimeProvider time,
        CancellationToken stop)
    {
        while (true)
        {
            _health.Set(LeaseHeld, leases.IsHeld);
            _health.Set(MinerKnown, leader.Leader is not null);
            metrics.Update();
            waits.Look();
            await Task.Delay(WatchInterval, time, stop);
        }
    }

    private PoolOptions PoolOptions() =>
        new() { WorkerGrace = config.WorkerGrace, PreCommit1Grace = config.PreCommit1Grace };

    private AgentRecord Describe()
    {
        var slots = _scheduler.TotalSlots();
        var record = new AgentRecord
        {
            Name = config.Name,
            Region = config.Region,
            RepositoryId = repository.Id.ToString(),
            Incarnation = _incarnation,
            ServeAddress = new HostPort(config.SealAgent.Ports.Address.ToString(), config.SealAgent.Ports.Port)
                .ToString(),
            Software = Software,
            MaxClaims = ClaimPolicy.MaxClaims(config.MaxClaims, slots),
            Workers = (uint)_scheduler.ConnectedWorkers(),
        };
        record.Slots.Add(slots.ToDictionary());
        return record;
    }

    private AgentHello Hello() => new()
    {
        Name = config.Name,
        Region = config.Region,
        RepositoryId = repository.Id.ToString(),
        Incarnation = _incarnation,
        Software = Software,
        SectorSize = settings.SectorSize,
        Miner = config.Miner,
    };

    private static string Software =>
        $"federation-miner-agent {Assembly.GetExecutingAssembly().GetName().Version?.ToString(3)}";
}
