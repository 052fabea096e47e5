using System.Globalization;
using Federation.Hosting.Cli;

namespace Federation.Bench.Dispatch;

/// <summary>What one store's run came to.</summary>
/// <param name="Store">etcd or embedded.</param>
/// <param name="Count">Jobs that were measured.</param>
/// <param name="WarmUp">Jobs before them that were not.</param>
/// <param name="FromAnswerMs">From the store's answer to the registration until the phase ran.</param>
/// <param name="FromRequestMs">From the registration's being sent until the phase ran.</param>
/// <param name="LoadBefore">The machine's load average over one minute when the measuring began.</param>
/// <param name="LoadAfter">The same when it ended.</param>
/// <param name="Processors">The machine's processors.</param>
public sealed record DispatchFigures(
    string Store, int Count, int WarmUp, Quantiles FromAnswerMs, Quantiles FromRequestMs, double LoadBefore,
    double LoadAfter,
    int Processors)
{
    /// <summary>A table of several runs.</summary>
    public static string Text(IReadOnlyList<DispatchFigures> runs)
    {
        var table = new TabTable("store", "from", "count", "median", "p90", "p99", "max", "load average");
        foreach (var run in runs)
        {
            Add(table, run, "answer", run.FromAnswerMs);
            Add(table, run, "request", run.FromRequestMs);
        }

        return $"Milliseconds from a job's registration until its phase runs on an idle worker\n{table}";
    }

    private static void Add(TabTable table, DispatchFigures run, string from, Quantiles ms) => table.Add(
        run.Store, from, Number(run.Count, "0"), Number(ms.Median, "0.0"), Number(ms.P90, "0.0"), Number(ms.P99, "0.0"),
        Number(ms.Max, "0.0"),
        $"{Number(run.LoadBefore, "0.0")} to {Number(run.LoadAfter, "0.0")} on {Number(run.Processors, "0")} "
        + "processors");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
