namespace Federation.Proofs.Tests.Cancel;

/// <summary>
/// Cancelled at moments that a seed draws, each phase ends within a second, and goes on afterwards to the same files.
/// What is true of 8 MiB is true of 32 GiB: between two looks at the token lies a piece of work whose size no sector
/// changes.
/// </summary>
[Trait("Category", "Slow")]
public sealed class CancelLaws(CancelScene scene) : IClassFixture<CancelScene>
{
    private const int Moments = 2, Tries = 10;

    // A report that is under way on another thread, and the one that begins a stage.
    private const int ReportsBehind = 2;

    // Nodes between two reports: at a core's million labels a second, or the 20,000 columns of 11 layers, a third of
    // a second at most.
    private const int MostNodes = 1 << 16, MostColumns = 1 << 12;
    private const double Rounding = 1;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Phases => CancelScene.Phases;

    /// <summary>A disk that was busy elsewhere may be late at times, a phase that does not look is late each
    /// time.</summary>
    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Run_CancelledAtAnyMoment_EndsWithinASecondAndGoesOnToTheSameFiles(string phase)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var whole = scene.Whole(phase).Duration;
        var folder = scene.NewFolder();
        for (var moment = 0; moment < Moments; moment++)
        {
            var after = random.NextDouble() * whole;
            var late = TimeSpan.MaxValue;
            for (var tries = 0; tries < Tries && late > Most; tries++)
            {
                Directory.Delete(folder, recursive: true);
                folder = scene.NewFolder();
                late = await CancelAfterAsync(phase, folder, after);
            }

            Assert.True(
                late <= Most,
                $"seed {seed}: {phase}, cancelled after {after} of {whole}, ended {late.TotalMilliseconds} ms later");
        }

        scene.Run(phase, folder, new CancelScene.Reporter(_ => { }), default);
        scene.AssertWhole(phase, folder);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>No clock: whatever the machine does, nothing is begun behind a cancellation.</summary>
    [Theory]
    [MemberData(nameof(Phases))]
    public void Run_CancelledInAnyReport_IsHardlyHeardOfAgain(string phase)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var heard = scene.Whole(phase).Heard;
        for (var moment = 0; moment < Moments; moment++)
        {
            // Behind the last reports there is nothing left to cancel.
            var at = random.Next(1, heard.Count - ReportsBehind);
            var behind = CancelIn(phase, at);
            Assert.True(behind <= ReportsBehind, $"seed {seed}: {phase} told {behind} times of itself behind report {at}");
        }
    }

    /// <summary>In nodes, not in parts of the sector: what is a moment of 8 MiB is no longer one of 32 GiB.</summary>
    [Theory]
    [MemberData(nameof(Phases))]
    public void Run_Undisturbed_TellsOfItselfEveryFewNodes(string phase)
    {
        var shape = SectorShape.Parse("8MiB");
        var (work, most) = phase switch
        {
            "AP" => (shape.Nodes, MostNodes),
            "PC2" => (shape.Nodes * 4 / 3, MostColumns),
            _ => (shape.Nodes * shape.Layers, MostNodes),
        };
        var fractions = scene.Whole(phase).Heard.Select(report => report.Fraction).ToList();
        var longest = fractions.Prepend(0).Zip(fractions, (from, to) => to - from).Max() * work;
        Assert.True(longest <= most + Rounding, $"{phase} told nothing of itself for {longest} nodes");
    }

    private async Task<TimeSpan> CancelAfterAsync(string phase, string folder, TimeSpan after)
    {
        using var cancel = new CancellationTokenSource();
        using var late = new CoreWatch();
        await using var timer = new Timer(
            _ =>
            {
                late.Start();
                cancel.Cancel();
            },
            null,
            after,
            Timeout.InfiniteTimeSpan);
        return TryRun(phase, folder, new CancelScene.Reporter(_ => { }), cancel.Token) ? late.Elapsed : TimeSpan.Zero;
    }

    private int CancelIn(string phase, int report)
    {
        using var cancel = new CancellationTokenSource();
        var heard = 0;
        var progress = new CancelScene.Reporter(_ =>
        {
            if (++heard == report)
            {
                cancel.Cancel();
            }
        });
        var folder = scene.NewFolder();
        Assert.True(
            TryRun(phase, folder, progress, cancel.Token), $"{phase} ended though cancelled in report {report}");
        Directory.Delete(folder, recursive: true);
        return heard - report;
    }

    private bool TryRun(string phase, string folder, IProgress<PhaseProgress> progress, CancellationToken token)
    {
        try
        {
            scene.Run(phase, folder, progress, token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
