using System.CommandLine;
using Federation.Hosting.Daemon;

namespace Federation.Hosting.Cli;

/// <summary>Runs a program's commands with the conventions that all of ours share.</summary>
public static class CliProgram
{
    /// <summary><c>--json</c>, which every command takes.</summary>
    public static Option<bool> JsonOption { get; } = new("--json")
    {
        Description = "print the result as JSON, for scripts",
        Recursive = true,
    };

    /// <summary>
    /// Parses and runs a command line. Adds <c>--json</c> and <c>completion</c>; Ctrl-C and SIGTERM cancel the
    /// command's token once, a second one ends the process. Errors become one sentence, a remedy and an exit code.
    /// </summary>
    /// <param name="root">The program's commands.</param>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where errors go.</param>
    public static async Task<int> RunAsync(
        RootCommand root, IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(root);
        root.Options.Add(JsonOption);
        root.Subcommands.Add(CompletionCommand.Create(root));
        var parsed = root.Parse(args);
        if (UsageError.Of(parsed) is { } wrong)
        {
            new CliConsole(output, error, args.Contains(JsonOption.Name)).TryWriteError(wrong);
            return ExitCode.Failure;
        }

        var console = new CliConsole(output, error, parsed.GetValue(JsonOption));
        using var signals = StopSignals.ForCommand();
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            console.WriteError("interrupted", remedy: null);
            return ExitCode.Failure;
        }
        catch (Exception e) when (console.TryWriteError(e))
        {
            return ExitCode.Failure;
        }
        catch (Exception e)
        {
            // The last frame of the process: what reaches it is a defect, and whoever reports it needs the trace.
            console.WriteError(
                $"{e.GetType().Name}: {e.Message}",
                "this is a defect of the program; please report it with what follows");
            await error.WriteLineAsync(e.ToString());
            return ExitCode.Defect;
        }
    }

    /// <summary>What a command writes to.</summary>
    public static CliConsole ConsoleOf(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return new CliConsole(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(JsonOption));
    }
}
