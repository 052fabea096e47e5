using System.Globalization;
using Federation.Bench.Figures;
using Federation.Hosting.Cli;

namespace Federation.Bench;

/// <summary>Prints results: as JSON each at once on a line of its own, else as a table at the end.</summary>
internal sealed class FigureReport(CliConsole console)
{
    private readonly List<FigureResult> _results = [];

    /// <summary>Takes one result.</summary>
    public void Add(FigureResult result)
    {
        _results.Add(result);
        if (console.Json)
        {
            console.Out.WriteLine(result.ToJson());
            console.Out.Flush();
        }
    }

    /// <summary>Prints the table, where one was asked for and there is something to print.</summary>
    public void End()
    {
        if (!console.Json && _results.Count > 0)
        {
            console.Out.Write(Table(_results));
        }
    }

    /// <summary>A line per result.</summary>
    internal static string Table(IReadOnlyList<FigureResult> results)
    {
        var table = new TabTable("figure", "value", "reference", "ratio", "cores", "cycles", "goal");
        foreach (var one in results)
        {
            table.Add(
                one.Name,
                Quantity.Text(one.Value, one.Unit),
                one.Reference is { } reference ? Quantity.Text(reference, one.Unit) : "",
                one.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "",
                one.Cores.ToString(CultureInfo.InvariantCulture),
                one.Cycles is { } cycles ? $"{Quantity.Text(cycles)} / {one.Operation}" : "",
                one.Goal is null ? "" : $"{one.Goal}: {(one.Reached == true ? "reached" : "missed")}");
        }

        return table.ToString();
    }
}
