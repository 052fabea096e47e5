using System.CommandLine;
using Federation.Hosting.Cli;
using Federation.Miner.Host;

namespace Federation.Miner.Cli;

/// <summary>The command line of <c>miner</c>: Lotus's commands and texts where it has them.</summary>
internal static class MinerCommands
{
    /// <summary>All commands.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Seals sectors in many sites at once: drives the chain, gives orders to agents.");
        root.Options.Add(Repositories.Option);
        root.Subcommands.Add(DaemonCommands.Init());
        root.Subcommands.Add(DaemonCommands.Run());
        root.Subcommands.Add(DaemonCommands.Stop());
        root.Subcommands.Add(VersionCommand());
        root.Subcommands.Add(InfoCommands.Info());
        root.Subcommands.Add(InfoCommands.Agents());
        root.Subcommands.Add(AuthCommands.Create());
        root.Subcommands.Add(SectorsCommands.Create());
        root.Subcommands.Add(SealingCommands.Create());
        root.Subcommands.Add(ChainCommands.Create());
        root.Subcommands.Add(StoreCommands.Create());
        return root;
    }

    /// <summary>A command that only groups others.</summary>
    public static Command Group(string name, string description, params IReadOnlyList<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Subcommands.Add(command);
        }

        return group;
    }

    /// <summary>A command that calls the daemon.</summary>
    public static Command Calling(
        string name, string description, Func<DaemonCall, CliConsole, CancellationToken, Task<int>> action,
        params IReadOnlyList<Symbol> symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            Add(command, symbol);
        }

        command.SetAction(async (parsed, stop) =>
        {
            using var call = DaemonCall.Open(parsed);
            return await action(call, CliProgram.ConsoleOf(parsed), stop);
        });
        return command;
    }

    private static void Add(Command command, Symbol symbol)
    {
        if (symbol is Argument argument)
        {
            command.Arguments.Add(argument);
        }
        else
        {
            command.Options.Add((Option)symbol);
        }
    }

    private static Command VersionCommand()
    {
        var version = new Command("version", "Print version");
        version.SetAction(static parsed =>
        {
            var console = CliProgram.ConsoleOf(parsed);
            console.Write(new { Version = SoftwareVersion.Number }, static shown => $"miner version {shown.Version}\n");
            return ExitCode.Success;
        });
        return version;
    }
}
