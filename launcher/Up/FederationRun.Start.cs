using Federation.Hosting;
using Federation.Hosting.Repository;
using Federation.Launcher.Api;
using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Processes;
using Federation.Launcher.Sites;

namespace Federation.Launcher.Up;

/// <summary>Bringing the processes up, each only when what it needs answers.</summary>
internal sealed partial class FederationRun
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60),
        PollInterval = TimeSpan.FromMilliseconds(100);

    private async Task<(MinerApi Api, IReadOnlyList<RegionSite> Regions)> StartAsync(
        FederationPlan plan, ParameterFolder? parameters, Children children, HttpClient http,
        CancellationToken cancellationToken)
    {
        if (plan.Store == StoreKind.Etcd)
        {
            var etcd = new Etcd(plan, _folder, http);
            await Etcd.RequireAsync(options.Install, cancellationToken);
            children.NextLayer();
            children.Start(etcd.Spec);
            await WaitAsync($"etcd on {plan.StoreEndpoint}", etcd.IsUpAsync, cancellationToken);
        }

        var miner = new MinerSite(plan, _folder, _programs, parameters);
        await miner.PrepareAsync(cancellationToken);
        children.NextLayer();
        children.Start(miner.Spec);
        var api = await ConnectAsync(plan, cancellationToken);

        var regions = plan.Regions.Select(
            region => new RegionSite(plan, region, _folder, _programs, parameters)).ToList();
        await StartAgentsAsync(regions, miner, children, cancellationToken);
        children.NextLayer();
        foreach (var worker in regions.SelectMany(region => region.Workers()))
        {
            children.Start(worker);
        }

        await WaitAsync(
            $"{regions.Count} agents with {plan.WorkersPerRegion} workers each",
            async token =>
            {
                var agents = await AskAsync(api.AgentsAsync, token);
                return agents.Count(agent => agent.Workers >= plan.WorkersPerRegion) >= regions.Count;
            },
            cancellationToken);
        return (api, regions);
    }

    private async Task<MinerApi> ConnectAsync(FederationPlan plan, CancellationToken cancellationToken)
    {
        MinerApi? api = null;
        await WaitAsync($"the miner on 127.0.0.1:{plan.ApiPort}", async token =>
        {
            if (api is null && RepositoryApi.IsThere(_folder.Miner))
            {
                api = new MinerApi(RepositoryApi.Read(_folder.Miner, "miner"));
            }

            return api is not null && await api.IsUpAsync(token);
        }, cancellationToken);
        return api!;
    }

    private async Task StartAgentsAsync(
        List<RegionSite> regions, MinerSite miner, Children children, CancellationToken cancellationToken)
    {
        await Task.WhenAll(regions.Select(async region =>
        {
            await miner.WriteAgentTokenAsync(region.Name, cancellationToken);
            await region.PrepareAsync(cancellationToken);
        }));
        children.NextLayer();
        regions.ForEach(region => children.Start(region.Agent));
        await WaitAsync("the agents", _ => Task.FromResult(regions.All(region => region.IsAgentUp)), cancellationToken);
    }

    /// <summary>Waits for something that another process does, visibly and not for ever.</summary>
    private async Task WaitAsync(
        string what, Func<CancellationToken, Task<bool>> isThere, CancellationToken cancellationToken)
    {
        view.Say($"waiting for {what} …");
        var started = time.GetTimestamp();
        while (!await isThere(cancellationToken))
        {
            if (time.GetElapsedTime(started) > StartLimit)
            {
                throw new OperatorException(
                    $"waited {StartLimit.TotalSeconds:0} s for {what} in vain",
                    $"the processes' logs are in {_folder.Logs}");
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }
}
