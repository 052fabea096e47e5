using System.CommandLine;
using System.Globalization;
using Federation.Bench.Figures;
using Federation.Bench.Measuring;
using Federation.Hosting;
using Federation.Hosting.Cli;

namespace Federation.Bench;

/// <summary><c>fed-bench</c> itself: takes figures and prints them.</summary>
internal static class FiguresCommand
{
    private static readonly Option<string?> Filter = new("--filter")
    {
        Description = "Only figures whose names begin so, commas between. Default: all but those that take minutes",
        HelpName = "NAME[,NAME…]",
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "Time for each figure. Default: 3",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<bool> Full =
        new("--full") { Description = "Take also the figures that take minutes" };

    private static readonly Option<bool> List =
        new("--list") { Description = "Print the figures' names and take none" };

    private static readonly Option<bool> ProcessorTime = new("--processor-time")
    {
        Description = "Take the process' processor time over its cores instead of elapsed time, on a machine that "
            + "is busy with other things; flatters figures on several cores whose threads wait for one another",
    };

    private static readonly Option<string?> Folder = new("--dir")
    {
        Description = "Where files are written for a while. Default: the system's folder for temporary files",
        HelpName = "DIR",
    };

    /// <summary>Adds the options and the action to the program's own command.</summary>
    public static void AddTo(RootCommand root)
    {
        Seconds.Validators.Add(result =>
        {
            // What is no number at all is refused without this.
            if (result.Tokens.Count == 1
                && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var seconds)
                && !(seconds is > 0 and <= 3600))
            {
                result.AddError("--seconds must be above 0 and at most 3600");
            }
        });
        foreach (var option in new Option[] { Filter, Seconds, Full, List, ProcessorTime, Folder })
        {
            root.Options.Add(option);
        }

        root.SetAction((parsed, stop) => Task.Run(() => Run(parsed, stop), CancellationToken.None));
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        var console = CliProgram.ConsoleOf(parsed);
        var choice = FigureChoice.Parse(parsed.GetValue(Filter), parsed.GetValue(Full));
        if (choice.Unknown(FigureCatalog.Create()) is { Count: > 0 } unknown)
        {
            throw new OperatorException(
                $"no figure's name begins with '{string.Join("' or '", unknown)}'",
                "./fed bench --list prints the names");
        }

        return parsed.GetValue(List) ? PrintNames(console, choice) : Take(parsed, console, choice, stop);
    }

    /// <summary>Those that would be left out come last.</summary>
    private static int PrintNames(CliConsole console, FigureChoice choice)
    {
        var figures = FigureCatalog.Create();
        console.Write(
            figures.Where(choice.Takes).Concat(figures.Where(choice.LeavesOut)).Select(one => one.Name).ToList(),
            names => string.Concat(names.Select(name => $"{name}\n")));
        return ExitCode.Success;
    }

    private static int Take(ParseResult parsed, CliConsole console, FigureChoice choice, CancellationToken stop)
    {
        var report = new FigureReport(console);
        try
        {
            using var session = new BenchSession(
                parsed.GetValue(Folder) ?? Path.GetTempPath(),
                TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
                parsed.GetValue(ProcessorTime),
                line => console.Error.WriteLine($"bench: {line}"));
            session.Run(choice, report.Add, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                e.Message, "--dir names a folder for the files; those of 512 MiB need 8 GiB", e);
        }
        catch (DllNotFoundException e)
        {
            throw new OperatorException(
                "the reference needs libcrypto.so.3, which is missing", "install OpenSSL 3: apt-get install libssl3",
                e);
        }
        finally
        {
            report.End();
        }

        return ExitCode.Success;
    }
}
