using System.CommandLine;
using System.Diagnostics;
using Federation.Hosting;
using Federation.Hosting.Cli;
using Federation.Proofs;
using Federation.Proofs.Circuits;
using Federation.Proofs.Groth16.Generation;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Parameters;

/// <summary><c>worker params generate</c>: makes test parameters of one circuit in a folder that is named.</summary>
internal static class GenerateCommand
{
    private static readonly Option<string> Circuit = new("--circuit")
    {
        Description = "porep, window or winning",
        Required = true,
    };

    private static readonly Option<string> SectorSize = new("--sector-size")
    {
        Description = "sector size: 2KiB",
        Required = true,
    };

    private static readonly Option<string> Output = new("--output-dir")
    {
        Description = "folder to write into; it is made when missing, and no file in it is overwritten",
        Required = true,
    };

    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "threads; all processors unless set",
    };

    public static Command Create()
    {
        var command = new Command(
            "generate",
            "make test parameters, whose secrets are drawn and forgotten: for devnets, never for a chain of value")
        {
            Circuit,
            SectorSize,
            Output,
            Threads,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var progress = new ProgressLines(
            parsed.InvocationConfiguration.Error, "worker params generate", TimeProvider.System);
        try
        {
            var circuit = new CircuitId(
                CircuitId.ParseKind(parsed.GetRequiredValue(Circuit)),
                SectorShape.Parse(parsed.GetRequiredValue(SectorSize)));
            var made = ParameterGenerator.Generate(
                circuit,
                CircuitDescriptions.Of(circuit),
                parsed.GetRequiredValue(Output),
                ThreadsOf(parsed),
                progress.Report,
                cancellationToken);
            var result = new GenerateResult(
                circuit.KindName,
                circuit.Shape.Name,
                nameof(ParameterOrigin.TestParameters),
                made.Parameters,
                made.ParametersSha256,
                made.VerifyingKey,
                made.VerifyingKeySha256,
                Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3));
            CliProgram.ConsoleOf(parsed).Write(result, Text);
            return ExitCode.Success;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new OperatorException(
                failure.Message, "'worker params generate --help' tells what it takes", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                failure.Message, "name another folder with --output-dir, or see that it can be written", failure);
        }
    }

    private static int ThreadsOf(ParseResult parsed) => parsed.GetValue(Threads) switch
    {
        null => Environment.ProcessorCount,
        >= 1 and var threads => threads,
        var threads => throw new ArgumentException($"--threads {threads} is not at least 1"),
    };

    private static string Text(GenerateResult made) =>
        $"{made.Origin}: {made.Parameters}\n{made.Origin}: {made.VerifyingKey}\n";

    private sealed record GenerateResult(
        string Circuit,
        string SectorSize,
        string Origin,
        string Parameters,
        string ParametersSha256,
        string VerifyingKey,
        string VerifyingKeySha256,
        double Seconds);
}
