using Federation.Launcher.Api;
using Federation.Launcher.Layout;
using Federation.Launcher.Parameters;
using Federation.Launcher.Summary;
using Federation.Launcher.View;
using Federation.Launcher.Wan;
using Federation.Proofs.Groth16.Parameters;
using Spectre.Console;

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

    [Theory]
    [InlineData(
        true, true, "ETCDCTL_API=3 etcdctl --endpoints=127.0.0.1:2379 get --prefix /federation/",
        "To look further while it runs:")]
    [InlineData(
        false, false, "LOTUS_STORAGE_PATH=/dir/miner ./fed miner store get --prefix /federation/",
        "To look further, resume it by ./fed up --dir /dir, and:")]
    public void Print_Summary_SaysCountsTimesBytesAndHowToLookFurther(
        bool hasEtcdctl, bool runsOn, string command, string heading)
    {
        var (console, output) = NewConsole(height: 40);
        SummaryText.Print(console, Summary(), hasEtcdctl, runsOn);

        var text = Lines(output);
        Assert.Contains("1 of 2 sectors of 2KiB are proving (region-1: 1, region-2: 1), after 12.3 s.", text,
            StringComparison.Ordinal);
        Assert.Contains("│ AP    │       2 │ 1.00 s │  1.50 s │", text, StringComparison.Ordinal);
        Assert.Contains(
            "6,000 bytes per sector crossed between region and store or miner: "
                + "10,000 to and from the store, 2,000 the miner.",
            text, StringComparison.Ordinal);
        Assert.Contains(
            "12.5 bytes a second and agent went on flowing (keepalives, and what a table asks): about 309 of the bytes "
                + "above. Sealing took 5,846 a sector.\n",
            text, StringComparison.Ordinal);
        Assert.Contains("Counted apart: 50,000 bytes of vanilla proofs", text, StringComparison.Ordinal);
        Assert.DoesNotContain("test parameters", text, StringComparison.Ordinal);
        Assert.Contains($"\n{heading}\n  {command}", text, StringComparison.Ordinal);
        Assert.Contains(
            "\n  LOTUS_STORAGE_PATH=/dir/miner ./fed miner sectors status --log 1", text, StringComparison.Ordinal);
    }

    /// <summary>While parameters are made there is nobody who could send anything.</summary>
    [Fact]
    public void IdleBytes_ParametersWereMade_CountOnlyTheTimeAfter()
    {
        var summary = Summary() with
        {
            Seconds = 100,
            Parameters = new ParameterSummary(new ParameterFolder("/cache"), ParameterOrigin.TestParameters, 40),
        };

        Assert.Equal(12.5 * 2 * 60, summary.IdleBytes);
        Assert.Equal(0, (summary with { IdleBytesPerSecond = 1e6 }).SealingBytesPerSector);
        Assert.Null((summary with { IdleBytesPerSecond = null }).SealingBytesPerSector);
    }

    [Fact]
    public void Print_SummaryOfGroth16_SaysWhatParametersTook()
    {
        var (console, output) = NewConsole(height: 40);
        SummaryText.Print(
            console,
            Summary() with
            {
                Proofs = ProofKind.Groth16,
                Parameters = new ParameterSummary(new ParameterFolder("/cache"), ParameterOrigin.TestParameters, 41.23),
                Wan = new WanBytes(10_000, 2_000, 900),
                Phases = RunSummary.SumUp([new Dictionary<string, double> { ["FIN"] = 1, ["C2"] = 17.5, ["C1"] = 1 }]),
            },
            hasEtcdctl: false, runsOn: false);

        var text = Lines(output);
        Assert.Contains(
            "after 12.3 s.\nOf these, 41.2 s went into test parameters, which stay in /cache.\n", text,
            StringComparison.Ordinal);
        Assert.Contains(
            "│ C1    │       1 │  1.00 s │  1.00 s │\n│ C2    │       1 │ 17.50 s │ 17.50 s │\n│ FIN ", text,
            StringComparison.Ordinal);
        Assert.Contains(
            "6,450 bytes per sector crossed between region and store or miner: "
                + "10,000 to and from the store, 2,000 the miner, 900 with the proofs.\n",
            text, StringComparison.Ordinal);
        Assert.DoesNotContain("vanilla", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Json_IsOneLineWithStableNames() => Assert.Equal(
        """
        {"sectors":2,"proving":1,"sector_size":"2KiB","proofs":"vanilla","parameters":null,"seconds":12.346,"regions":{"region-1":1,"region-2":1},"phases":{"AP":{"count":2,"seconds":2,"longest":1.5},"PC1":{"count":1,"seconds":2,"longest":2},"C1":{"count":1,"seconds":1,"longest":1}},"wan":{"bytes_per_sector":6000,"sealing_bytes_per_sector":5846,"store_bytes":10000,"miner_bytes":2000,"proof_bytes":50000,"idle_bytes_per_second_and_agent":12.5},"store":"embedded","store_endpoint":"127.0.0.1:2379","dir":"/dir"}
        """,
        SummaryJson.Write(Summary()));

    private static async IAsyncEnumerable<GenerationProgress> Progress(params double[] parts)
    {
        foreach (var part in parts)
        {
            await Task.Yield();
            yield return new GenerationProgress(part, TimeSpan.FromSeconds(11.5));
        }
    }

    private static RunSummary Summary() => new()
    {
        Sectors = 2,
        Proving = 1,
        SectorSize = "2KiB",
        Proofs = ProofKind.Vanilla,
        Parameters = null,
        Seconds = 12.3456,
        Regions = new Dictionary<string, int> { ["region-1"] = 1, ["region-2"] = 1 },
        Phases = RunSummary.SumUp(
        [
            new Dictionary<string, double> { ["AP"] = 0.5 },
            new Dictionary<string, double> { ["PC1"] = 2, ["AP"] = 1.5, ["C1"] = 1 },
        ]),
        Wan = new WanBytes(10_000, 2_000, 50_000),
        IdleBytesPerSecond = 12.5,
        Agents = 2,
        Store = StoreKind.Embedded,
        StoreEndpoint = "127.0.0.1:2379",
        Folder = "/dir",
    };

    private static (IAnsiConsole Console, StringWriter Output) NewConsole(int height)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        (console.Profile.Width, console.Profile.Height, console.Profile.Capabilities.Unicode) = (200, height, true);
        return (console, output);
    }

    private static string Lines(StringWriter output) =>
        string.Join('\n', output.ToString().Split('\n').Select(line => line.TrimEnd())).TrimEnd();

    private sealed class StoppedClock : TimeProvider
    {
        public TimeSpan Stands { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Stands.Ticks;
    }
}
