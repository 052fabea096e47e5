using Federation.Storage;
using Federation.Storage.Attempts;

namespace Federation.Worker.Tests.Tasks;

/// <summary>Every phase of an 8 MiB sector: how far it tells that it is, and how soon it stops.</summary>
public sealed class PhaseCancelTests(SealedSector sector) : IClassFixture<SealedSector>
{
    private const int Tries = 5;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    public static TheoryData<string, double> Moments
    {
        get
        {
            // FIN is stopped before it deletes anything: the other cases need the files.
            var moments = new TheoryData<string, double> { { "FIN", 0 }, { "PC2", 0 }, { "PC2", 0.3 }, { "PC2", 0.9 } };
            foreach (var phase in new[] { "AP", "PC1", "C1" })
            {
                foreach (var fraction in new[] { 0, 0.3, 0.6, 0.9, 1 })
                {
                    moments.Add(phase, fraction);
                }
            }

            return moments;
        }
    }

    /// <summary>A machine that was busy elsewhere may be late once, a phase that does not look is late each
    /// time.</summary>
    [Theory]
    [MemberData(nameof(Moments))]
    public async Task RunAsync_CancelledAtAnyPoint_EndsWithinASecond(string phase, double fraction)
    {
        var late = TimeSpan.MaxValue;
        for (var tries = 0; tries < Tries && late > Most; tries++)
        {
            late = await CancelAsync(phase, fraction);
        }

        Assert.True(late <= Most,
            $"{phase} cancelled at {fraction} ended {late.TotalMilliseconds} ms later, {Tries} times");
    }

    [Theory]
    [InlineData("AP", 1)]
    [InlineData("PC1", 0.25)]
    [InlineData("PC2", 0.25)]
    [InlineData("C1", 1)]
    public void RunAsync_Undisturbed_TellsEveryPartOfItsWay(string phase, double longestSilence)
    {
        var heard = sector.Progress[phase].Select(report => report.Fraction).ToList();
        Assert.Equal(heard.Order(), heard);
        Assert.Equal(1, heard[^1]);
        Assert.All(sector.Progress[phase], report => Assert.NotEmpty(report.Stage));
        Assert.All(heard.Prepend(0).Zip(heard), pair => Assert.InRange(pair.Second - pair.First, 0, longestSilence));
    }

    /// <summary>How long after its cancellation the phase had ended and its attempt could be removed.</summary>
    private async Task<TimeSpan> CancelAsync(string phase, double fraction)
    {
        using var cancel = new CancellationTokenSource();
        var (late, cancelled) = (new Ticks(), 0);
        var task = sector.NewTask(phase);
        var running = sector.RunAsync(
            task,
            new SealedSector.Recorder(report =>
            {
                if (report.Fraction >= fraction && Interlocked.Exchange(ref cancelled, 1) == 0)
                {
                    late.Start();
                    cancel.Cancel();
                }
            }),
            cancel.Token);
        _ = running.ContinueWith(
            _ => late.Stop(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            await running.WaitAsync(Bounds.Limit);
            Assert.Equal(1, fraction);
        }
        catch (OperationCanceledException)
        {
            // As asked for.
        }

        Assert.Equal(1, cancelled);
        await sector.DiscardAsync(task);
        Assert.True(phase == "FIN"
            || sector.Storage.Attempts(SealedSector.Id, SealingPhases.Parse(phase))
                .Find(AttemptId.Parse(task.Attempt)) is null);
        return late.Passed;
    }
}
