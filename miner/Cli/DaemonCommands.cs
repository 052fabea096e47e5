using System.CommandLine;
using Federation.Chain.Messages;
using Federation.Hosting.Cli;
using Federation.Hosting.Daemon;
using Federation.Hosting.Logging;
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
        var proofs = new Option<string?>("--devnet-proofs")
        {
            Description = "what the devnet takes as proofs, for good: groth16, which C2 makes with parameter files, or "
                + "vanilla, C1's output as it is (default: groth16)",
        };
        proofs.AcceptOnlyFromAmong(ProofKindText.Groth16, ProofKindText.Vanilla);
        var command = new Command("init", "Initialize a miner repo") { actor, size, etcd, proofs };
        command.SetAction(parsed =>
        {
            var file = ActorFile.Parse(parsed.GetValue(actor)!, parsed.GetValue(size)!);
            var path = NewRepository.Make(
                Repositories.PathOf(parsed), file, NewRepository.Endpoints(parsed.GetValue(etcd) ?? []),
                ProofKindText.TryParse(parsed.GetValue(proofs), out var kind) ? kind : null);
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
}
