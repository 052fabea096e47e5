using System.Diagnostics;
using Federation.Bench.Figures;
using Federation.Bench.Measuring;

namespace Federation.Bench.Tests;

public sealed class FigureRunnerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("federation-bench-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Measure_FigureAndReference_AreTakenInTurn()
    {
        var order = new List<string>();
        var figure = Fake("figure", order);

        var result = Runner(TimeSpan.FromTicks(1)).Measure(figure, Fake("reference", order), _folder.FullName, default);

        Assert.Equal(order.Count / 2, order.Where((name, at) => at % 2 == 0 && name == "reference").Count());
        Assert.Equal(order.Count / 2, order.Where((name, at) => at % 2 == 1 && name == "figure").Count());
        Assert.True(figure.Runs >= 2);
        Assert.Equal("reference", result.Against);
        Assert.True(result.Value > 0 && result.Reference > 0 && result.Ratio > 0 && result.Cycles > 0);
    }

    [Fact]
    public void Measure_LongFigure_IsComparedInItsPausesWhichDoNotCount()
    {
        var order = new List<string>();
        var figure = new FakeFigure("long", context =>
        {
            context.Pause();
            order.Add("long");
            context.Pause();
            return 1;
        })
        {
            IsLong = true,
            Unit = FigureUnit.Seconds,
        };
        var reference = new FakeFigure("reference", _ =>
        {
            order.Add("reference");
            Thread.SpinWait(1000);
            return 1;
        });
        var watch = Stopwatch.StartNew();

        var result = Runner(TimeSpan.FromSeconds(1)).Measure(figure, reference, _folder.FullName, default);

        Assert.Equal((order.Count - 1) / 2, order.IndexOf("long"));
        Assert.Equal(order.Count - 1, reference.Runs);
        Assert.True(reference.Runs > 2 && result.Reference > 0);
        Assert.InRange(result.Value, 0, watch.Elapsed.TotalSeconds - (reference.Runs / result.Reference!.Value));
    }

    [Fact]
    public void Measure_LongFigureThatNeverPauses_IsNotCompared()
    {
        var figure = new FakeFigure("long", _ => 1) { IsLong = true };

        var error = Assert.Throws<InvalidOperationException>(() => Runner(TimeSpan.FromSeconds(1)).Measure(
            figure, new FakeFigure("reference", _ => 1), _folder.FullName, default));

        Assert.Contains("a long figure has to pause", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_LongFigure_RunsOnce()
    {
        var figure = new FakeFigure("long", _ => 7) { IsLong = true, Unit = FigureUnit.Bytes };

        var result = Runner(TimeSpan.FromSeconds(1)).Measure(figure, null, _folder.FullName, default);

        Assert.Equal(1, figure.Runs);
        Assert.Equal((7, "B", null, null, null),
            (result.Value, result.Unit, result.Reference, result.Ratio, result.Cycles));
    }

    [Fact]
    public void Measure_OneCore_ConfinesEveryThreadMeanwhile()
    {
        var before = ProcessorLimit.CountOfThread();
        var seen = new List<int>();
        var figure = new FakeFigure("one", context =>
        {
            var started = 0;
            var thread = new Thread(() => started = ProcessorLimit.CountOfThread());
            thread.Start();
            Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
            seen.AddRange([ProcessorLimit.CountOfThread(), started, context.Threads]);
            return 1;
        })
        {
            IsLong = true,
        };

        var result = Runner(TimeSpan.FromSeconds(1)).Measure(figure, null, _folder.FullName, default);

        Assert.Equal(OperatingSystem.IsLinux() ? [1, 1, 1] : [before, before, 1], seen);
        Assert.Equal(1, result.Cores);
        Assert.Equal(before, ProcessorLimit.CountOfThread());
    }

    [Fact]
    public void Measure_MoreCoresThanThereAre_TakesThoseThereAre()
    {
        var figure = new FakeFigure(
            "many", context => context.Threads) { IsLong = true, Cores = 5000, Unit = FigureUnit.Bytes };

        var result = Runner(TimeSpan.FromSeconds(1)).Measure(figure, null, _folder.FullName, default);

        Assert.Equal((ProcessorLimit.Available, ProcessorLimit.Available), (result.Cores, (int)result.Value));
    }

    [Theory]
    [InlineData(1e12, true)]
    [InlineData(1e-12, false)]
    public void Measure_Goal_IsJudged(double bound, bool reached)
    {
        var figure = new FakeFigure("goal", _ => 1) { IsLong = true, Goal = new FigureGoal(GoalMeasure.Cycles, bound) };

        var result = Runner(TimeSpan.FromSeconds(1)).Measure(figure, null, _folder.FullName, default);

        Assert.Equal(reached, result.Reached);
        Assert.NotNull(result.Goal);
    }

    [Fact]
    public void Measure_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var figure = new FakeFigure("endless", _ =>
        {
            stop.Cancel();
            return 1;
        });

        Assert.Throws<OperationCanceledException>(
            () => Runner(TimeSpan.FromHours(1)).Measure(figure, null, _folder.FullName, stop.Token));
    }

    [Theory]
    [InlineData(new ulong[] { 0b1011 }, 2, new ulong[] { 0b0011 })]
    [InlineData(new ulong[] { 0b1000, 0b110 }, 2, new ulong[] { 0b1000, 0b010 })]
    [InlineData(new ulong[] { 0b1000 }, 3, new ulong[] { 0b1000 })]
    public void FirstOf_Mask_KeepsTheLowest(ulong[] mask, int count, ulong[] expected) =>
        Assert.Equal(expected, ProcessorLimit.FirstOf(mask, count));

    private static FakeFigure Fake(string name, List<string> order) => new(name, _ =>
    {
        order.Add(name);
        return 1000;
    })
    {
        Reference = "reference",
    };

    private FigureRunner Runner(TimeSpan limit) =>
        new(
            new RunSettings(limit, ByProcessorTime: false, _folder.FullName, _folder.FullName, _folder.FullName),
            _ => { });
}
