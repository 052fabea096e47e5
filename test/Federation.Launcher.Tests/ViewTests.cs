using Federation.Launcher.Api;
using Federation.Launcher.Parameters;
using Federation.Launcher.View;
using static Federation.Launcher.Tests.TextConsole;

namespace Federation.Launcher.Tests;

public sealed class ViewTests
{
    private static readonly SectorView Sealing = new(
        1, "PreCommit1", "region-1", NeedsOperator: false, "", new JobView("PC1", "host-1"));

    private static readonly SectorView Proving = new(2, "Proving", "region-2", NeedsOperator: false, "");

    [Fact]
    public void Draw_TwoSectors_IsATableWithTheirCells()
    {
        var (console, output) = NewConsole(height: 40);
        console.Write(new TableView(console, TimeProvider.System).Draw(
            [new SectorRow(Sealing, TimeSpan.FromSeconds(3.25)), new SectorRow(Proving, TimeSpan.FromSeconds(9))]));

        Assert.Equal(
            """
            ╭────────┬────────────┬──────────┬───────┬────────┬──────╮
            │ Sector │ State      │ Region   │ Phase │ Worker │ Time │
            ├────────┼────────────┼──────────┼───────┼────────┼──────┤
            │      1 │ PreCommit1 │ region-1 │ PC1   │ host-1 │ 3.2s │
            │      2 │ Proving    │ region-2 │       │        │      │
            ╰────────┴────────────┴──────────┴───────┴────────┴──────╯
            1 of 2 proving, Ctrl-C stops
            """,
            Lines(output));
    }

    [Fact]
    public void Draw_Commit2_ShowsHowFarItIsAndWhoWaitsForIt()
    {
        var (console, output) = NewConsole(height: 40);
        console.Write(new TableView(console, TimeProvider.System).Draw(
        [
            new SectorRow(
                Sealing with { State = "Committing", Job = new JobView("C2", "host-1", 7.4) }, TimeSpan.FromSeconds(2)),
            new SectorRow(
                Sealing with { Number = 3, State = "Committing", Job = new JobView("C2", "") }, TimeSpan.FromSeconds(4)),
        ]));

        var text = Lines(output);
        Assert.Contains("│ region-1 │ C2   7 % │ host-1 │   2s │", text, StringComparison.Ordinal);
        Assert.Contains("│ region-1 │ C2       │        │   4s │", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_SectorsThatWait_SaysWhyOnceAndKeepsTheTable()
    {
        var (console, output) = NewConsole(height: 12);
        var waiting = Sealing with { State = "Committing", Job = null, Wait = "no connected worker runs C2" };
        var rows = Enumerable.Range(1, 9).Select(i =>
            new SectorRow(i == 5 ? waiting with { Number = 5, Wait = "no room" } : waiting with { Number = (ulong)i },
                TimeSpan.Zero));
        console.Write(new TableView(console, TimeProvider.System).Draw([.. rows]));

        Assert.EndsWith(
            "\n8 sectors wait: no connected worker runs C2\nsector 5 waits: no room\n"
                + "0 of 9 proving, 7 not shown, Ctrl-C stops",
            Lines(output), StringComparison.Ordinal);
    }

    /// <summary>That it waits is news, and changes nothing about how long it has been where it is.</summary>
    [Fact]
    public void Update_WaitBegan_IsNewAndKeepsTheTime()
    {
        var time = new StoppedClock();
        var clock = new RowClock(time);
        clock.Update([Sealing]);
        time.Stands = TimeSpan.FromSeconds(7);

        var (row, isNew) = clock.Update([Sealing with { Wait = "no connected worker runs PC1" }])[0];

        Assert.True(isNew);
        Assert.Equal(TimeSpan.FromSeconds(7), row.Since);
        Assert.False(clock.Update([Sealing with { Wait = "no connected worker runs PC1" }])[0].IsNew);
    }

    /// <summary>Each percent is a new row, and still the same phase since the same moment.</summary>
    [Fact]
    public void Update_OnlyProgressChanged_IsNotNew()
    {
        var clock = new RowClock(new StoppedClock());
        clock.Update([Sealing with { Job = new JobView("C2", "host-1", 7) }]);

        Assert.False(clock.Update([Sealing with { Job = new JobView("C2", "host-1", 8) }])[0].IsNew);
        Assert.True(clock.Update([Sealing with { Job = new JobView("C2", "host-2", 8) }])[0].IsNew);
    }

    [Fact]
    public void Draw_MoreSectorsThanLines_ShowsThoseAtWorkAndCountsTheRest()
    {
        var (console, output) = NewConsole(height: 10);
        var rows = Enumerable.Range(0, 50).Select(i => new SectorRow(Proving with { Number = (ulong)i }, TimeSpan.Zero))
            .Append(new SectorRow(Sealing with { Number = 77 }, TimeSpan.Zero));
        console.Write(new TableView(console, TimeProvider.System).Draw([.. rows]));

        var text = Lines(output);
        Assert.Contains("│     77 │", text, StringComparison.Ordinal);
        Assert.EndsWith("50 of 51 proving, 49 not shown, Ctrl-C stops", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_Plain_PrintsALinePerChange()
    {
        using var output = new StringWriter();
        await new PlainView(output, new StoppedClock()).FollowAsync(Updates(), CancellationToken.None);

        Assert.Equal(
            "    0.0s  sector 1: PreCommit1 in region-1\n"
            + "    0.0s  sector 2: Proving in region-2\n"
            + "    0.0s  sector 1: SealPreCommit1Failed in region-1, needs an operator: no space\n"
            + "    0.0s  sector 1: PreCommit1 in region-1, waits: no connected worker runs PC1\n",
            output.ToString());

        static async IAsyncEnumerable<IReadOnlyList<SectorView>> Updates()
        {
            yield return [Sealing, Proving];
            yield return [Sealing, Proving];
            await Task.Yield();
            yield return
            [
                Sealing with { State = "SealPreCommit1Failed", Job = null, NeedsOperator = true,
                    LastError = "no space" }, Proving,
            ];
            yield return [Sealing with { Job = null, Wait = "no connected worker runs PC1" }, Proving];
        }
    }

    [Theory]
    [InlineData(true, "         ████████░░░░░░░░░░░░  42 %, about 12 s left")]
    [InlineData(false, "         ########............  42 %, about 12 s left")]
    public async Task Progress_Terminal_IsABar(bool unicode, string expected)
    {
        var (console, output) = NewConsole(height: 24);
        console.Profile.Capabilities.Unicode = unicode;
        console.Profile.Capabilities.Interactive = console.Profile.Capabilities.Ansi = true;

        await new TableView(console, TimeProvider.System).ProgressAsync("x", Progress(0.42), CancellationToken.None);

        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_Plain_IsALineForEachTenth()
    {
        using var output = new StringWriter();

        await new PlainView(output, new StoppedClock()).ProgressAsync(
            "parameters", Progress(0, 0.04, 0.12, 0.19, 0.5, 1), CancellationToken.None);

        Assert.Equal(
            "    0.0s  parameters: 12 %, about 12 s left\n    0.0s  parameters: 50 %, about 12 s left\n"
                + "    0.0s  parameters: 100 %, about 12 s left\n",
            output.ToString());
    }

    [Theory]
    [InlineData("worker params generate: 45 %", 0.45, 22)]
    [InlineData("worker params generate: 4 %", 0.04, null)]
    [InlineData("worker params generate: 100 %", 1.0, 0)]
    [InlineData("worker params generate: %", 0.0, null)]
    [InlineData("ERROR: 45 %", 0.0, null)]
    [InlineData("worker params generate: -45 %", 0.0, null)]
    [InlineData(null, 0.0, null)]
    public void Read_LineOfAGenerator_IsItsPercentage(string? line, double part, int? secondsLeft)
    {
        var progress = GenerationProgress.Read(line, TimeSpan.FromSeconds(18));

        Assert.Equal(part, progress.Part, 6);
        Assert.Equal(secondsLeft, (int?)progress.Remaining?.TotalSeconds);
    }

    private static async IAsyncEnumerable<GenerationProgress> Progress(params double[] parts)
    {
        foreach (var part in parts)
        {
            await Task.Yield();
            yield return new GenerationProgress(part, TimeSpan.FromSeconds(11.5));
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public TimeSpan Stands { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Stands.Ticks;
    }
}
