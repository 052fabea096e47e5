using System.CommandLine;
using Federation.Hosting.Cli;
using Federation.Launcher.Layout;

namespace Federation.Bench.Dispatch;

/// <summary><c>fed-bench dispatch</c>.</summary>
public static class DispatchCommand
{
    private static readonly Option<string?> Store = new(
        "--store") { Description = "Only this store. Default: both, one after the other", HelpName = "etcd|embedded" };
    private static readonly Option<int> Count = Number("--count", "Jobs to measure", 200, 1);
    private static readonly Option<int> WarmUp = Number("--warm-up", "Jobs before them that are not counted", 20, 0);
    private static readonly Option<int> Limit =
        Number("--limit", "Milliseconds that a median may take; the exit code is 1 when one is above", 50, 1);
    private static readonly Option<int> Seed = Number("--seed", "Of the waits between jobs", 1, 0);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Store.AcceptOnlyFromAmong("etcd", "embedded");
        var command = new Command(
            "dispatch", "Measure the time from the store's answer to a job's registration until its phase runs on "
            + "an idle worker")
        {
            Store, Count, WarmUp, Limit, Seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        // artifacts/bin/<project>/<configuration>/
        var programs = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
        var run = new DispatchRun(programs, parsed.GetValue(Count), parsed.GetValue(WarmUp), parsed.GetValue(Seed));
        var figures = new List<DispatchFigures>();
        foreach (var kind in new[] { StoreKind.Etcd, StoreKind.Embedded }.Where(kind => IsWanted(kind, parsed)))
        {
            figures.Add(await run.MeasureAsync(kind, stop));
        }

        CliProgram.ConsoleOf(parsed).Write<IReadOnlyList<DispatchFigures>>(figures, DispatchFigures.Text);
        return figures.All(one => one.FromAnswerMs.Median <= parsed.GetValue(Limit)) ? ExitCode.Success
            : ExitCode.Failure;
    }

    private static bool IsWanted(StoreKind kind, ParseResult parsed) =>
        parsed.GetValue(Store) is not { } store || store == kind.OptionText();

    private static Option<int> Number(string name, string description, int value, int least)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description}. Default: {value}",
            DefaultValueFactory = _ => value,
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && given < least)
            {
                result.AddError($"{name} must be at least {least}");
            }
        });
        return option;
    }
}
