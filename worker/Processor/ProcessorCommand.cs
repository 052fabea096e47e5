using System.CommandLine;
using Federation.Hosting;
using Federation.Hosting.Logging;
using Federation.Worker.Phases;
using Microsoft.Extensions.Logging;

namespace Federation.Worker.Processor;

/// <summary>
/// <c>worker processor PHASE</c>: runs the tasks of one phase that come as lines on standard input, and answers each
/// by a line on standard output. The log goes to standard error.
/// </summary>
public static class ProcessorCommand
{
    private const int Most = 1000;

    private static readonly Argument<string> Phase = new("phase")
    {
        Description = $"one of {string.Join(", ", ProcessorPhases.Names)}",
    };

    private static readonly Option<int> Concurrency = new("--concurrency")
    {
        Description = $"tasks at once, 1 to {Most}; further lines wait. Default: 1",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var options = new PhaseOptions();
        var command = new Command(
            "processor",
            "Serve one phase to another system: first a line '<phase> processor ready', then for each line "
            + "{\"id\":1,\"task\":{…}} on standard input one line {\"id\":1,\"err_msg\":null,\"output\":{…}} "
            + "on standard output, until the input ends; docs/external-prover.md describes tasks and outputs")
        {
            Phase, Concurrency, options.Memory, options.MapLayers, options.Threads, options.ParentCache,
            options.ParametersDirectory,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed, new PhaseInput(options, parsed), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, PhaseInput input, CancellationToken stop)
    {
        var (phase, concurrency) = (PhaseOf(parsed), ConcurrencyOf(parsed));
        var level = ConsoleLogging.ParseLevel(Environment.GetEnvironmentVariable(ConsoleLogging.LevelVariable));
        using var loggers = ConsoleLogging.Create(parsed.InvocationConfiguration.Error, level);
        var phases = new ProcessorPhases(
            new PhaseRunner(SealOptionsOf(input)), input.Parameters(),
            path => parsed.InvocationConfiguration.Error.WriteLine($"TestParameters: {path}"));
        var loop = new ProcessorLoop(
            phase, concurrency, (task, cancelled) => phases.RunAsync(phase, task, cancelled),
            loggers.CreateLogger<ProcessorLoop>());
        await using var lines = Console.OpenStandardInput();
        await using var answers = Console.OpenStandardOutput();
        try
        {
            await loop.RunAsync(lines, answers, stop);
            return 0;
        }
        catch (IOException gone)
        {
            throw new OperatorException($"the answers of {phase} are read by nobody: {gone.Message}", null, gone);
        }
    }

    private static string PhaseOf(ParseResult parsed)
    {
        var phase = parsed.GetValue(Phase)!;
        return ProcessorPhases.Names.Contains(phase) ? phase : throw new OperatorException(
            $"unknown phase '{phase}'", $"it is one of {string.Join(", ", ProcessorPhases.Names)}");
    }

    private static int ConcurrencyOf(ParseResult parsed) => parsed.GetValue(Concurrency) is >= 1 and <= Most and var n
        ? n
        : throw new OperatorException(
            $"--concurrency {parsed.GetValue(Concurrency)} is not a number of tasks", $"give 1 to {Most}");

    private static Proofs.SealOptions SealOptionsOf(PhaseInput input)
    {
        try
        {
            return input.SealOptions();
        }
        catch (PhaseException wrong)
        {
            throw new OperatorException(wrong.Message, "'worker processor --help' tells what the options take", wrong);
        }
    }
}
