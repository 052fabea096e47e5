using System.CommandLine;
using System.CommandLine.Parsing;
using Federation.Hosting;
using Federation.Hosting.Daemon;
using Federation.Launcher.Layout;
using Federation.Launcher.View;
using Federation.Proofs;
using Spectre.Console;

namespace Federation.Launcher.Up;

/// <summary><c>up</c>: its options, and how it ends.</summary>
internal static class UpCommand
{
    private const int Failed = 1, PlainWidth = 1000;

    private static readonly Option<string> Programs = new("--programs") { Required = true, Hidden = true };
    private static readonly Option<string?> Dir = new("--dir")
    {
        Description = "Folder of the federation; one that exists is resumed. Default: artifacts/up",
        HelpName = "DIR",
    };

    private static readonly Option<StoreKind?> Store = new("--store")
    {
        Description = "What keeps the shared state. Default: embedded",
        HelpName = "embedded|etcd",
    };

    private static readonly Option<ProofKind?> Proofs = new("--proofs")
    {
        Description = "What the devnet takes as proofs: Groth16's, or for a quick look Commit1's output. "
            + "Default: groth16",
        HelpName = "groth16|vanilla",
    };

    private static readonly Option<string?> SectorSize = new("--sector-size")
    {
        Description = "Size of a sector: 2KiB, 4KiB, 16KiB, 32KiB, 8MiB, ... Default: 2KiB",
        HelpName = "SIZE",
    };

    private static readonly Option<int> Sectors = Count("--sectors", "Sectors that the federation shall have", 2);

    private static readonly Option<int?> Regions =
        CountOrNone("--regions", "Regions, each with an agent and a storage of its own. Default: 2");

    private static readonly Option<int?> Workers = CountOrNone("--workers", "Workers of each region. Default: 2");

    private static readonly Option<bool>
        Install = Flag("--install", "Install etcd from Debian's packages when it is missing"),
        Exit = Flag("--exit", "Stop when all sectors prove; the exit code is 0 only then"),
        Json = Flag("--json", "Print the summary as one JSON object on the last line");

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Store.Validators.Add(RefuseUnknownStore);
        Proofs.Validators.Add(RefuseUnknownProofs);
        SectorSize.Validators.Add(RefuseUnknownSize);
        var command = new Command("up", "Start a small federation on this machine and seal sectors in it.")
        {
            Programs, Dir, Store, Install, Proofs, Sectors, SectorSize, Regions, Workers, Exit, Json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(Read(parsed)));
        return command;
    }

    private static UpOptions Read(ParseResult parsed)
    {
        var programs = Path.GetFullPath(parsed.GetRequiredValue(Programs));
        return new UpOptions(
            programs,
            Path.GetFullPath(parsed.GetValue(Dir) ?? Path.Combine(programs, "..", "up")),
            parsed.GetValue(Store),
            parsed.GetValue(Install),
            parsed.GetValue(Proofs),
            parsed.GetValue(Sectors),
            parsed.GetValue(SectorSize) is { } size ? SectorShape.Parse(size).Name : null,
            parsed.GetValue(Regions),
            parsed.GetValue(Workers),
            parsed.GetValue(Exit),
            parsed.GetValue(Json));
    }

    private static async Task<int> RunAsync(UpOptions options)
    {
        using var signals = StopSignals.ForSupervisor();
        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            // Whoever reads a file or a pipe wants sentences whole, not broken at 80 columns.
            AnsiConsole.Profile.Width = PlainWidth;
        }

        IFederationView view = AnsiConsole.Profile is { Out.IsTerminal: true, Capabilities.Ansi: true }
            ? new TableView(AnsiConsole.Console, TimeProvider.System)
            : new PlainView(Console.Out, TimeProvider.System);
        try
        {
            var run = new FederationRun(
                options, Environment.GetEnvironmentVariable, view, AnsiConsole.Console, TimeProvider.System);
            return await run.RunAsync(signals.Token, signals.Impatient) ?? signals.ExitCode;
        }
        catch (OperatorException error)
        {
            return await ExplainAsync(error.Message, error.Remedy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return await ExplainAsync(
                error.Message, $"see that {options.Folder} can be written and its disk is not full");
        }
    }

    private static async Task<int> ExplainAsync(string message, string? remedy)
    {
        await Console.Error.WriteLineAsync($"fed: {message}");
        if (remedy is not null)
        {
            await Console.Error.WriteLineAsync($"     {remedy}");
        }

        return Failed;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static Option<T> CountOption<T>(string name, string description) =>
        new(name) { Description = description, HelpName = "N" };

    private static Option<int> Count(string name, string description, int value)
    {
        var option = CountOption<int>(name, description);
        option.DefaultValueFactory = _ => value;
        option.Validators.Add(result => RefuseBelow(result, 0));
        return option;
    }

    private static Option<int?> CountOrNone(string name, string description)
    {
        var option = CountOption<int?>(name, description);
        option.Validators.Add(result => RefuseBelow(result, 1));
        return option;
    }

    private static void RefuseBelow(OptionResult result, int least)
    {
        if (result.Tokens.Count == 1
            && (!int.TryParse(result.Tokens[0].Value, out var count) || count < least || count > 10_000))
        {
            result.AddError(
                $"{result.Option.Name} takes a number from {least} to 10000, not '{result.Tokens[0].Value}'.");
        }
    }

    private static void RefuseUnknownStore(OptionResult result)
    {
        if (result.Tokens.Count == 1 && result.Tokens[0].Value is not ("embedded" or "etcd"))
        {
            result.AddError($"--store takes embedded or etcd, not '{result.Tokens[0].Value}'.");
        }
    }

    private static void RefuseUnknownProofs(OptionResult result)
    {
        if (result.Tokens.Count == 1 && result.Tokens[0].Value is not ("groth16" or "vanilla"))
        {
            result.AddError($"--proofs takes groth16 or vanilla, not '{result.Tokens[0].Value}'.");
        }
    }

    private static void RefuseUnknownSize(OptionResult result)
    {
        try
        {
            _ = result.Tokens.Count == 1 ? SectorShape.Parse(result.Tokens[0].Value) : null;
        }
        catch (ArgumentException error)
        {
            result.AddError($"{error.Message}.");
        }
    }
}
