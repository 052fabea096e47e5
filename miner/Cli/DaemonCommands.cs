using System.CommandLine;
using System.Text.Json;
using Federation.Hosting;
using Federation.Hosting.Cli;
using Federation.Hosting.Config;
using Federation.Hosting.Daemon;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Logging;
using Federation.Hosting.Net;
using Federation.Hosting.Repository;
using Federation.Miner.Config;
using Federation.Miner.Host;

namespace Federation.Miner.Cli;

/// <summary><c>init</c>, <c>run</c>, <c>stop</c>.</summary>
internal static class DaemonCommands
{
    public static Command Init()
    {
        var actor = new Option<string>(
            "--actor", "-a") { Description = "the miner's id address", DefaultValueFactory = static _ => "t01000" };
        var size = new Option<string>(
            "--sector-size") { Description = "size of its sectors", DefaultValueFactory = static _ => "2KiB" };
        var etcd = new Option<string[]>(
            "--etcd") { Description = "the store's endpoint, host:port; once for each (default: the embedded store)" };
        var command = new Command("init", "Initialize a miner repo") { actor, size, etcd };
        command.SetAction(parsed =>
        {
            var file = ActorFile.Parse(parsed.GetValue(actor)!, parsed.GetValue(size)!);
            var path = Make(Repositories.PathOf(parsed), file, Endpoints(parsed.GetValue(etcd) ?? []));
            CliProgram.ConsoleOf(parsed).Write(
                new { Repository = path, file.Actor, file.SectorSize },
                static made => $"Miner {made.Actor} initialized in {made.Repository}; start it with 'miner run'.\n");
            return ExitCode.Success;
        });
        return command;
    }

    public static Command Run()
    {
        var command = new Command("run", "Start a miner process");
        command.SetAction(async (parsed, stop) =>
        {
            var level = ConsoleLogging.ParseLevel(Environment.GetEnvironmentVariable(ConsoleLogging.LevelVariable));
            using var loggers = ConsoleLogging.Create(parsed.InvocationConfiguration.Error, level);
            var repository = Repositories.PathOf(parsed);
            return await DaemonRunner.RunAsync(
                "miner", context => MinerDaemon.RunAsync(repository, context), loggers, stop);
        });
        return command;
    }

    public static Command Stop() =>
        MinerCommands.Calling("stop", "Stop a running miner", static async (call, _, stop) =>
    {
        await call.TellAsync("Shutdown", stop);
        return ExitCode.Success;
    });

    private static string Make(string path, ActorFile actor, string[] etcd)
    {
        using var repository = RepositoryFolder.Create(path, "miner");
        actor.Write(repository);
        var set = new Dictionary<(string, string), string>();
        if (etcd.Length > 0)
        {
            set[("SealAgent", "EtcdAddrs")] =
                $"[{string.Join(", ", etcd.Select(static endpoint => $"\"{endpoint}\""))}]";
        }

        var config = RepositoryFolder.ConfigPathOf(repository.FolderPath);
        if (!File.Exists(config))
        {
            repository.Write(Path.GetFileName(config), ConfigTemplate.Write(MinerConfig.Read, set),
                AtomicFile.Readable);
        }

        if (!File.Exists(Path.Combine(repository.FolderPath, "storage.json")))
        {
            repository.Write("storage.json", JsonSerializer.Serialize(new { StoragePaths = Array.Empty<string>() }),
                AtomicFile.Readable);
        }

        var tokens = new ApiTokens(repository.GetOrCreateJwtSecret());
        repository.WriteToken(tokens.Issue(ApiTokens.UpTo(ApiPermissions.Admin)));
        return repository.FolderPath;
    }

    private static string[] Endpoints(string[] given)
    {
        string[] all = [.. given.SelectMany(
            static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        foreach (var endpoint in all)
        {
            if (!HostPort.TryParse(endpoint, out _, out var problem))
            {
                throw new OperatorException(
                    $"--etcd {endpoint} is no endpoint: {problem}", "write it as host:port, e.g. --etcd 10.0.0.5:2379");
            }
        }

        return all;
    }
}
