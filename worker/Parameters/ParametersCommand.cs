using System.CommandLine;
using System.Globalization;
using Federation.Hosting;
using Federation.Hosting.Cli;
using Federation.Proofs;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Worker.Parameters;

/// <summary>
/// <c>worker params list|check|generate</c>: which Groth16 parameter files the cache holds, whose they are, whether
/// they are whole; and test parameters made anew.
/// </summary>
public static class ParametersCommand
{
    private static readonly Option<string?> Directory = new("--params-dir")
    {
        Description = $"folder of parameter files (else {ParameterSettings.CacheVariable}, else "
            + $"{ParameterCache.DefaultDirectory})",
    };

    private static readonly Option<string?> Circuit = new("--circuit")
    {
        Description = "only this circuit: porep, window, winning, update, update-poseidon",
    };

    private static readonly Option<string?> SectorSize = new("--sector-size")
    {
        Description = "only this sector size: 2KiB",
    };

    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create() => new(
        "params", "look at the parameter files of Groth16 proofs, or make test parameters")
    {
        List(),
        Check(),
        GenerateCommand.Create(),
    };

    private static Command List() => Make(
        "list",
        "list the parameter files of all circuits, and which of them the folder holds",
        (parsed, settings, _) =>
        {
            var reports = Reports(parsed, settings.Cache.Inspect)
                .Where(report => report.State != ParameterState.Missing
                    || OfficialDigests.Of(report.Circuit) is not null || IsNamed(parsed));
            Write(parsed, [.. reports]);
            return ExitCode.Success;
        });

    private static Command Check() => Make(
        "check",
        "read the parameter files that the folder holds and compare their digests with Filecoin's; "
            + "a circuit named by --circuit and --sector-size has to be there",
        (parsed, settings, cancellationToken) =>
        {
            var reports = Reports(parsed, (circuit, file) => settings.Cache.Check(circuit, file, cancellationToken))
                .Where(report => report.State != ParameterState.Missing || IsNamed(parsed)).ToList();
            Write(parsed, reports);
            var refusals = reports.Select(report => RefusalOf(report, settings)).OfType<Exception>().ToList();
            foreach (var refusal in refusals)
            {
                parsed.InvocationConfiguration.Error.WriteLine(refusal.Message);
            }

            return refusals.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        });

    private static Command Make(
        string name, string description, Func<ParseResult, ParameterSettings, CancellationToken, int> run)
    {
        var command = new Command(name, description) { Directory, Circuit, SectorSize };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = ParameterSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(Directory));
            try
            {
                return Task.FromResult(run(parsed, settings, cancellationToken));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new OperatorException(failure.Message, "see that the folder and its files can be read", failure);
            }
        });
        return command;
    }

    /// <summary>True when one circuit was asked for, whose absence is then an answer of its own.</summary>
    private static bool IsNamed(ParseResult parsed) =>
        parsed.GetValue(Circuit) is not null && parsed.GetValue(SectorSize) is not null;

    private static IEnumerable<ParameterReport> Reports(
        ParseResult parsed, Func<CircuitId, ParameterFile, ParameterReport> look) =>
        from circuit in Chosen(parsed)
        from file in Enum.GetValues<ParameterFile>()
        select look(circuit, file);

    private static IEnumerable<CircuitId> Chosen(ParseResult parsed)
    {
        try
        {
            CircuitKind? kind = parsed.GetValue(Circuit) is { } circuit ? CircuitId.ParseKind(circuit) : null;
            var shape = parsed.GetValue(SectorSize) is { } size ? SectorShape.Parse(size) : null;
            return CircuitId.All.Where(
                known => (kind ?? known.Kind) == known.Kind && (shape ?? known.Shape) == known.Shape);
        }
        catch (ArgumentException error)
        {
            throw new OperatorException(error.Message, "'worker params --help' tells what the options take", error);
        }
    }

    private static Exception? RefusalOf(ParameterReport report, ParameterSettings settings) => report.State switch
    {
        ParameterState.Missing => new MissingParametersException(report.Circuit, report.Path),
        ParameterState.Damaged => new ParameterFileException(report.Path, report.Reason!),
        ParameterState.TestParameters when settings.VerifyDigests => new ParameterFileException(
            report.Path, $"its digest is not Filecoin's, which {ParameterSettings.VerifyVariable} asks for"),
        _ => null,
    };

    private static void Write(ParseResult parsed, IReadOnlyList<ParameterReport> reports)
    {
        CliProgram.ConsoleOf(parsed).Write(reports.Select(ParameterRow.Of).ToList(), Text);
        foreach (var report in reports.Where(report => report.State == ParameterState.TestParameters))
        {
            parsed.InvocationConfiguration.Error.WriteLine($"{ParameterState.TestParameters}: {report.Path}");
        }
    }

    private static string Text(List<ParameterRow> rows)
    {
        var table = new TabTable("Circuit", "Sector", "State", "Size", "File");
        foreach (var row in rows)
        {
            var isMissing = row.State == nameof(ParameterState.Missing);
            var size = isMissing ? "" : row.Size.ToString(CultureInfo.InvariantCulture);
            table.Add(row.Circuit, row.SectorSize, row.State, size, row.File);
        }

        return table.ToString();
    }
}
