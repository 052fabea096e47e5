using System.Text;
using Federation.Hosting.Repository;
using Federation.Launcher.Layout;
using Federation.Launcher.Processes;

namespace Federation.Launcher.Sites;

/// <summary>The miner, set up and started as a site would.</summary>
internal sealed class MinerSite(FederationPlan plan, FederationFolder folder, ProgramPaths programs)
{
    private readonly Dictionary<string, string> _environment = new() { ["LOTUS_STORAGE_PATH"] = folder.Miner };

    /// <summary>How it is started.</summary>
    public ChildSpec Spec => new("miner", programs.Miner, ["run"], _environment);

    /// <summary>Makes the repository when there is none, and sets ports and store in its configuration.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!RepositoryFolder.Exists(folder.Miner))
        {
            await ShortCommand.RunAsync(
                new ChildSpec("miner init", programs.Miner, ["init", "--sector-size", plan.SectorSize], _environment),
                limit: null, cancellationToken);
        }

        RepositoryApi.Remove(folder.Miner);
        var config = RepositoryFolder.ConfigPathOf(folder.Miner);
        var text = File.Exists(config) ? await File.ReadAllTextAsync(config, cancellationToken) : "";
        var etcd = plan.Store == StoreKind.Etcd ? $"[\"{plan.StoreEndpoint}\"]" : "[]";
        text = TomlEdit.Set(text, "API", "ListenAddress", $"\"/ip4/127.0.0.1/tcp/{plan.ApiPort}/http\"");
        text = TomlEdit.Set(text, "SealAgent", "EtcdAddrs", etcd);
        text = TomlEdit.Set(text, "SealAgent", "StoreListen", $"\"{plan.StoreEndpoint}\"");
        text = TomlEdit.Set(text, "SealAgent", "ServeIP", "\"127.0.0.1\"");
        text = TomlEdit.Set(text, "SealAgent", "ServePort", $"{plan.MinerPort}");
        AtomicFile.Write(config, Encoding.UTF8.GetBytes(text), AtomicFile.Readable);
    }

    /// <summary>Writes the token by which a region's agent comes to the miner.</summary>
    public Task WriteAgentTokenAsync(string region, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.AgentToken(region))!);
        return File.Exists(folder.AgentToken(region))
            ? Task.CompletedTask
            : ShortCommand.RunAsync(
                new ChildSpec(
                    "miner auth create-agent-token", programs.Miner,
                    ["auth", "create-agent-token", region, "--out", folder.AgentToken(region)], _environment),
                limit: null, cancellationToken);
    }
}
