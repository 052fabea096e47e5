using System.Globalization;
using System.Text;
using Federation.Hosting.Repository;
using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Processes;
using Federation.Storage.Config;

namespace Federation.Launcher.Sites;

/// <summary>
/// One region: its agent, its workers and the storage that they share, set up and started as a site would.
/// </summary>
/// <param name="plan">What the federation consists of.</param>
/// <param name="region">The region.</param>
/// <param name="folder">Where the federation is kept.</param>
/// <param name="programs">The built programs.</param>
/// <param name="parameters">What its workers make Groth16 proofs with; null where they make none.</param>
internal sealed class RegionSite(
    FederationPlan plan, RegionPlan region, FederationFolder folder, ProgramPaths programs,
    ParameterFolder? parameters = null)
{
    private readonly Dictionary<string, string> _environment =
        ParameterFolder.Tell(parameters, new() { ["LOTUS_AGENT_PATH"] = folder.Agent(region.Name) });

    /// <summary>The region's name, also its agent's.</summary>
    public string Name => region.Name;

    /// <summary>The agent's metrics page.</summary>
    public Uri Metrics => new($"http://127.0.0.1:{region.AgentPort + 1}/metrics");

    /// <summary>How the agent is started.</summary>
    public ChildSpec Agent => new($"agent-{Name}", programs.Agent, ["run"], _environment);

    /// <summary>Makes the agent's repository and its storage when there are none, and sets ports and store.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!RepositoryFolder.Exists(folder.Agent(Name)))
        {
            await RunAsync(
                "miner-agent init",
                ["init", "--region", Name, "--name", Name, "--miner-token", folder.AgentToken(Name)],
                cancellationToken);
        }

        var storage = folder.Storage(Name);
        if (!(StoragePaths.Read(folder.Agent(Name)).StoragePaths ?? []).Any(entry => entry.Path == storage))
        {
            string[] init = File.Exists(Path.Combine(storage, SectorStoreConfig.FileName)) ? [] : ["--init"];
            await RunAsync(
                "miner-agent storage attach", ["storage", "attach", .. init, "--seal", "--store", storage],
                cancellationToken);
        }

        RepositoryApi.Remove(folder.Agent(Name));
        var config = RepositoryFolder.ConfigPathOf(folder.Agent(Name));
        var text = File.Exists(config) ? await File.ReadAllTextAsync(config, cancellationToken) : "";
        text = TomlEdit.Set(text, "SealAgent", "EtcdAddrs", $"[\"{plan.StoreEndpoint}\"]");
        text = TomlEdit.Set(text, "SealAgent", "ServeIP", "\"127.0.0.1\"");
        text = TomlEdit.Set(text, "SealAgent", "ServePort", $"{region.AgentPort}");
        AtomicFile.Write(config, Encoding.UTF8.GetBytes(text), AtomicFile.Readable);
    }

    /// <summary>How the workers are started, once the agent's <c>api</c> file is there.</summary>
    public IEnumerable<ChildSpec> Workers()
    {
        var agent = RepositoryApi.Read(folder.Agent(Name), "miner-agent").ToSecretString();
        for (var number = 1; number <= plan.WorkersPerRegion; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"worker-{Name}-{number}");
            var environment = new Dictionary<string, string>
            {
                ["AGENT_API_INFO"] = agent,
                ["WORKER_PATH"] = folder.Worker(Name, number),
                ["SECTOR_SIZE"] = plan.SectorSize,
            };
            // C2 takes all processors and a GiB and more: one at a time is enough for a region of one machine.
            var provesSeals = parameters is not null && number == 1 ? "true" : "false";
            yield return new ChildSpec(
                name, programs.Worker, ["run", "--name", name, "--commit", provesSeals],
                ParameterFolder.Tell(parameters, environment));
        }
    }

    /// <summary>Whether the agent has said where it listens.</summary>
    public bool IsAgentUp => RepositoryApi.IsThere(folder.Agent(Name));

    private Task RunAsync(string name, string[] arguments, CancellationToken cancellationToken) =>
        ShortCommand.RunAsync(
            new ChildSpec($"{name} ({Name})", programs.Agent, arguments, _environment), limit: null, cancellationToken);
}
