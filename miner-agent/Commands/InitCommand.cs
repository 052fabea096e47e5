using System.CommandLine;
using System.Globalization;
using System.Text;
using Federation.Hosting;
using Federation.Hosting.Config;
using Federation.Hosting.Repository;
using Federation.MinerAgent.Config;

namespace Federation.MinerAgent.Commands;

/// <summary><c>miner-agent init</c>: makes a repository. The miner's keystore never comes here; a token does.</summary>
internal static class InitCommand
{
    private static readonly Option<string> Name =
        Text("--name", "name of the agent, unique among its miner's", AgentConfig.DefaultName);
    private static readonly Option<string> Region =
        Text("--region", "region of the agent: all that share one storage", AgentConfig.DefaultRegion);
    private static readonly Option<string> Miner = Text("--miner", "address of the miner", AgentConfig.DefaultMiner);
    private static readonly Option<string?> MinerToken = new("--miner-token")
    {
        Description = "file with the token that 'miner auth create-agent-token NAME --out FILE' made",
        Required = true,
    };

    private static readonly Option<string?> Etcd =
        new("--etcd") { Description = "the store's endpoints, HOST:PORT,HOST:PORT..." };
    private static readonly Option<string?> ServeIp = new("--serve-ip") { Description = "address to serve on" };
    private static readonly Option<int?> ServePort =
        new("--serve-port") { Description = "first of the ports to serve: P, P+1, P+100" };
    private static readonly Option<string?> Storage =
        new("--storage") { Description = "storage path of the region, initialized where it is new" };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("init", "Make an agent's repository in LOTUS_AGENT_PATH")
        {
            Name, Region, Miner, MinerToken, Etcd, ServeIp, ServePort, Storage,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = AgentOptions.RepositoryOf(parsed);
        var text = ConfigTemplate.Write(AgentConfig.Read, Settings(parsed));
        // What was typed is judged as the file will be, before anything is written.
        _ = ConfigLoader.Bind(Encoding.UTF8.GetBytes(text), "command line", AgentConfig.Read);
        if (RepositoryFolder.Exists(path))
        {
            throw new OperatorException($"repository at '{path}' is already initialized",
                "start it with 'miner-agent run', or choose another LOTUS_AGENT_PATH");
        }

        RequireReadable(parsed.GetValue(MinerToken)!);
        RepositoryFolder.Create(path, AgentRepository.Program, repository =>
        {
            repository.Write(Path.GetFileName(repository.ConfigPath), text, AtomicFile.Readable);
            AgentRepository.TakeMinerToken(repository, parsed.GetValue(MinerToken)!);
            AgentRepository.WriteWorkerToken(repository);
        }).Dispose();

        if (parsed.GetValue(Storage) is { } storage)
        {
            StorageCommands.Attach(path, storage, canSeal: true, canStore: true,
                initialise: !StorageCommands.IsInitialised(storage), StorageCommands.DefaultWeight);
        }

        parsed.InvocationConfiguration.Output.WriteLine(
            $"agent repository ready at {path}: start it with miner-agent run");
        return 0;
    }

    private static Dictionary<(string, string), string> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<(string, string), string>
        {
            [(SealAgentConfig.SectionName, nameof(AgentConfig.Name))] = Quote(parsed.GetValue(Name)!),
            [(SealAgentConfig.SectionName, nameof(AgentConfig.Region))] = Quote(parsed.GetValue(Region)!),
            [(SealAgentConfig.SectionName, nameof(AgentConfig.Miner))] = Quote(parsed.GetValue(Miner)!),
        };
        if (parsed.GetValue(Etcd) is { } etcd)
        {
            var endpoints = etcd.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            settings[(SealAgentConfig.SectionName, nameof(SealAgentConfig.EtcdAddrs))] =
                $"[{string.Join(", ", endpoints.Select(Quote))}]";
        }

        if (parsed.GetValue(ServeIp) is { } ip)
        {
            settings[(SealAgentConfig.SectionName, "ServeIP")] = Quote(ip);
        }

        if (parsed.GetValue(ServePort) is { } port)
        {
            settings[(SealAgentConfig.SectionName, "ServePort")] = port.ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }

    private static void RequireReadable(string file)
    {
        if (!File.Exists(RepositoryFolder.Expand(file)))
        {
            throw new OperatorException(
                $"the miner's token {file} is missing", "make one with: miner auth create-agent-token NAME --out FILE");
        }
    }

    /// <summary>A TOML basic string: JSON's escapes are among TOML's.</summary>
    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static Option<string> Text(string name, string description, string standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
    };
}
