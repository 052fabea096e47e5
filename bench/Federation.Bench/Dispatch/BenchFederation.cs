using System.Diagnostics;
using Federation.Hosting;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Launcher.Api;
using Federation.Launcher.Layout;
using Federation.Launcher.Processes;
using Federation.Launcher.Sites;
using Federation.Launcher.Wan;

namespace Federation.Bench.Dispatch;

/// <summary>
/// A store, a miner and one region's agent as processes of their own, in a folder that is deleted when all went well.
/// </summary>
internal sealed class BenchFederation : IAsyncDisposable
{
    /// <summary>The region's name.</summary>
    public const string RegionName = "region-1";

    private const string SectorSize = "2KiB";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2), Poll = TimeSpan.FromMilliseconds(50);

    private readonly FederationPlan _plan;
    private readonly FederationFolder _folder;
    private readonly ProgramPaths _programs;
    private readonly Children _children;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private MinerApi? _api;
    private RegionSite? _region;

    private BenchFederation(StoreKind store, string programs)
    {
        var ports = new FreePorts(Random.Shared);
        _plan = new FederationPlan
        {
            Store = store,
            SectorSize = SectorSize,
            WorkersPerRegion = 1,
            StorePort = ports.One(),
            StorePeerPort = ports.One(),
            ApiPort = ports.One(),
            MinerPort = ports.Serve(),
            Regions = [new RegionPlan(RegionName, ports.Serve())],
        };
        _folder = new FederationFolder(Directory.CreateTempSubdirectory("federation-bench-").FullName);
        _programs = new ProgramPaths(programs);
        _children = new Children(_folder);
        Directory.CreateDirectory(_folder.Logs);
    }

    /// <summary>Where clients find the store.</summary>
    public string StoreEndpoint => _plan.StoreEndpoint;

    /// <summary>The region's agent, for its worker.</summary>
    public ApiInfo Agent => RepositoryApi.Read(_folder.Agent(RegionName), "miner-agent");

    /// <summary>The worker's repository.</summary>
    public string WorkerFolder => _folder.Worker(RegionName, 1);

    /// <summary>All went well: the folder need not be kept for its logs.</summary>
    public bool Succeeded { get; set; }

    /// <summary>Starts store, miner and agent; each answers when this returns.</summary>
    public static async Task<BenchFederation> StartAsync(
        StoreKind store, string programs, CancellationToken cancellationToken)
    {
        var federation = new BenchFederation(store, programs);
        try
        {
            await federation.StartAsync(cancellationToken);
            return federation;
        }
        catch
        {
            await federation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the agent has registered its worker in the store.</summary>
    public Task WorkerIsKnownAsync(CancellationToken cancellationToken) => WaitAsync(
        "the worker", async token =>
            (await _api!.AgentsAsync(token)).Any(agent => agent.Workers > 0), cancellationToken);

    /// <summary>Waits until the agent holds no job: from then on it is as idle as its worker.</summary>
    public Task AgentIsIdleAsync(CancellationToken cancellationToken) => WaitAsync(
        "the agent to let go of its job",
        async token => PrometheusText.Samples(
            await _http.GetStringAsync(_region!.Metrics, token), "federation_agent_claims")
            .Any(sample => sample.Value == 0),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _children.StopAllAsync(CancellationToken.None);
        _api?.Dispose();
        _http.Dispose();
        if (Succeeded)
        {
            Directory.Delete(_folder.Root, recursive: true);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_plan.Store == StoreKind.Etcd)
        {
            await Etcd.RequireAsync(install: false, cancellationToken);
            var etcd = new Etcd(_plan, _folder, _http);
            StartLayer(etcd.Spec);
            await WaitAsync("etcd", etcd.IsUpAsync, cancellationToken);
        }

        var miner = new MinerSite(_plan, _folder, _programs);
        await miner.PrepareAsync(cancellationToken);
        StartLayer(miner.Spec);
        await WaitAsync(
            "the miner", _ => Task.FromResult(RepositoryApi.IsThere(_folder.Miner)), cancellationToken);
        _api = new MinerApi(RepositoryApi.Read(_folder.Miner, "miner"));
        await WaitAsync("the miner", _api.IsUpAsync, cancellationToken);

        _region = new RegionSite(_plan, _plan.Regions[0], _folder, _programs);
        await miner.WriteAgentTokenAsync(_region.Name, cancellationToken);
        await _region.PrepareAsync(cancellationToken);
        StartLayer(_region.Agent);
        await WaitAsync("the agent", _ => Task.FromResult(_region.IsAgentUp), cancellationToken);
    }

    private void StartLayer(ChildSpec spec)
    {
        _children.NextLayer();
        _children.Start(spec);
    }

    private async Task WaitAsync(
        string what, Func<CancellationToken, Task<bool>> isThere, CancellationToken cancellationToken)
    {
        for (var started = Stopwatch.GetTimestamp(); !await isThere(cancellationToken);)
        {
            if (_children.Died.IsCompleted || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw new OperatorException($"waited in vain for {what}", $"the processes' logs are in {_folder.Logs}");
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }
}
