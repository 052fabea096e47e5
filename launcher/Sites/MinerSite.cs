using System.Text;
using Federation.Hosting.Repository;
using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Processes;

namespace Federation.Launcher.Sites;

/// <summary>The miner, set up and started as a site would.</summary>
/// <param name="plan">What the federation consists of.</param>
/// <param name="folder">Where it is kept.</param>
/// <param name="programs">The built programs.</param>
/// <param name="parameters">What it verifies Groth16 proofs with; null where its devnet takes none.</param>
internal sealed class MinerSite(
    FederationPlan plan, FederationFolder folder, ProgramPaths programs, ParameterFolder? parameters = null)
{
    private readonly Dictionary<string, string> _environment =
        ParameterFolder.Tell(parameters, new() { ["LOTUS_STORAGE_PATH"] = folder.Miner });

    /// <summary>How it is started.</summary>
    public ChildSpec Spec => new("miner", programs.Miner, ["run"], _environment);

    /// <summary>Makes the repository when there is none, and sets ports and store in its configuration.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!RepositoryFolder.Exists(folder.Miner))
        {
            string[] arguments =
                ["init", "--sector-size", plan.SectorSize, "--devnet-proofs", plan.Proofs.OptionText()];
            await ShortCommand.RunAsync(
                new ChildSpec("miner init", programs.Miner, arguments, _environment), limit: null, cancellationToken);
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
