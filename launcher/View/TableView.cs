using Federation.Launcher.Api;
using Federation.Launcher.Parameters;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Federation.Launcher.View;

/// <summary>A live table, for terminals.</summary>
internal sealed class TableView(IAnsiConsole console, TimeProvider time) : IFederationView
{
    /// <summary>Lines that the table's frame, its head and what stands below it take.</summary>
    private const int FrameLines = 8;

    private const int BarWidth = 20;

    /// <summary>Reasons to wait that are shown at once.</summary>
    private const int MostWaits = 3;

    /// <summary>As wide as the time before what is said.</summary>
    private const string Indent = "         ";

    private readonly long _started = time.GetTimestamp();
    private readonly RowClock _clock = new(time);

    /// <inheritdoc/>
    public bool ShowsWorkers => true;

    /// <inheritdoc/>
    public void Say(string line) =>
        console.MarkupLineInterpolated($"[grey]{time.GetElapsedTime(_started).TotalSeconds,6:0.0}s[/]  {line}");

    /// <inheritdoc/>
    public Task ProgressAsync(
        string what, IAsyncEnumerable<GenerationProgress> updates, CancellationToken cancellationToken) =>
        console.Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            await foreach (var update in updates.WithCancellation(cancellationToken))
            {
                // Two lines: to redraw a single one, the library would move the cursor up by "0", which means 1.
                live.UpdateTarget(
                    new Rows(new Text($"{Indent}{Bar(update.Part)} {update}"), new Text($"{Indent}Ctrl-C stops")));
            }
        });

    /// <inheritdoc/>
    public Task FollowAsync(IAsyncEnumerable<IReadOnlyList<SectorView>> updates, CancellationToken cancellationToken) =>
        console.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            await foreach (var sectors in updates.WithCancellation(cancellationToken))
            {
                live.UpdateTarget(Draw([.. _clock.Update(sectors).Select(update => update.Row)]));
            }
        });

    /// <summary>
    /// Draws the rows that fit the terminal, sectors at work before those that are done, and why some wait.
    /// </summary>
    internal IRenderable Draw(IReadOnlyList<SectorRow> rows)
    {
        var waits = Waits(rows);
        var waitLines = waits.Sum(wait => 1 + (wait.Length / Math.Max(1, console.Profile.Width)));
        var fits = Math.Max(1, console.Profile.Height - FrameLines - waitLines);
        var shown = rows.Count <= fits ? rows
            : [.. rows.OrderBy(row => row.Sector.IsProving).ThenBy(row => row.Sector.Number).Take(fits)];
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var head in SectorRow.Heads)
        {
            var alignment = head is "Sector" or "Time" ? Justify.Right : Justify.Left;
            table.AddColumn(new TableColumn(head) { NoWrap = true, Alignment = alignment });
        }

        foreach (var row in shown)
        {
            table.AddRow(row.Cells.Select(cell => new Text(cell, Style(row))));
        }

        var proving = rows.Count(row => row.Sector.IsProving);
        var hidden = rows.Count - shown.Count;
        return new Rows(
        [
            table, .. waits.Select(static wait => new Text(wait)),
            new Text($"{proving} of {rows.Count} proving{(hidden > 0 ? $", {hidden} not shown" : "")}, Ctrl-C stops"),
        ]);
    }

    /// <summary>What sectors wait for, most of them first, each reason once.</summary>
    private static List<string> Waits(IReadOnlyList<SectorRow> rows) =>
    [
        .. rows.Where(static row => row.Sector.Wait.Length > 0)
            .GroupBy(static row => row.Sector.Wait, static row => row.Sector.Number)
            .OrderByDescending(static group => group.Count()).Take(MostWaits)
            .Select(static group => $"{Who([.. group])}: {group.Key}"),
    ];

    private static string Who(IReadOnlyList<ulong> sectors) =>
        sectors.Count == 1 ? $"sector {sectors[0]} waits" : $"{sectors.Count} sectors wait";

    /// <summary>A bar of blocks, or of number signs where the terminal has no others.</summary>
    private string Bar(double part)
    {
        var filled = (int)(part * BarWidth);
        var (full, empty) = console.Profile.Capabilities.Unicode ? ('█', '░') : ('#', '.');
        return new string(full, filled) + new string(empty, BarWidth - filled);
    }

    private static Style Style(SectorRow row) => new(
        row.HasFailed ? Color.Red
        : row.Sector.IsProving ? Color.Green
        : row.Sector.Job is not { IsRunning: true } ? Color.Grey
        : Color.Default);
}
