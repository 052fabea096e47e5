using System.CommandLine;
using Federation.Hosting.Cli;
using Federation.Hosting.Config;
using Federation.Hosting.Repository;
using Federation.MinerAgent.Config;
using Federation.Storage.Config;

namespace Federation.MinerAgent.Commands;

/// <summary><c>miner-agent info</c>: what the repository says, whether or not the agent runs.</summary>
internal static class InfoCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("info", "Print the agent's name, region, miner, store, ports and storage");
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = AgentOptions.RepositoryOf(parsed);
        RepositoryFolder.RequireMade(path, AgentRepository.Program);
        var config = ConfigLoader.Load(RepositoryFolder.ConfigPathOf(path), AgentConfig.Read).Value;
        var info = new AgentInfo(
            config.Name, config.Region, config.Miner, path,
            [.. config.SealAgent.EtcdAddrs.Select(endpoint => endpoint.ToString())],
            $"{config.SealAgent.Ports.Address}:{config.SealAgent.Ports.Port}",
            RepositoryApi.IsThere(path),
            [.. (StoragePaths.Read(path).StoragePaths ?? []).Select(storage => storage.Path)]);
        CliProgram.ConsoleOf(parsed).Write(info, Text);
        return ExitCode.Success;
    }

    private static string Text(AgentInfo info) => string.Join('\n',
    [
        $"Agent: {info.Name}",
        $"Region: {info.Region}",
        $"Miner: {info.Miner}",
        $"Repository: {info.Repository}",
        $"Store: {(info.Store.Count == 0 ? "the miner's embedded store" : string.Join(", ", info.Store))}",
        $"Serves: {info.Serves} ({(info.Running ? "running" : "not running")})",
        .. info.Storage.Select(storage => $"Storage: {storage}"),
        "",
    ]);

    private sealed record AgentInfo(
        string Name, string Region, string Miner, string Repository, IReadOnlyList<string> Store, string Serves,
        bool Running, IReadOnlyList<string> Storage);
}
