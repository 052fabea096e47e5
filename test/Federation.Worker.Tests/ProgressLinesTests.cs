using Federation.Proofs;

namespace Federation.Worker.Tests;

public sealed class ProgressLinesTests : IDisposable
{
    private readonly Clock _clock = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Report_OfWhatIsSoonDone_SaysNothing()
    {
        var lines = new ProgressLines(_error, "worker phase wdp", _clock);

        lines.Report(new PhaseProgress("vanilla proofs", 0.5));
        lines.Report(1);

        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Report_NowAndThen_IsALineEachInterval()
    {
        var lines = new ProgressLines(_error, "worker phase wdp", _clock);
        foreach (var part in new[] { 0.1, 0.2, 0.3, 0.406, 0.5, 1 })
        {
            _clock.Pass(ProgressLines.Interval / 2);
            lines.Report(new PhaseProgress("proof 1/2", part));
        }

        Assert.Equal(
            [
                "worker phase wdp: proof 1/2 20 %, 8s left", "worker phase wdp: proof 1/2 41 %, 6s left",
                "worker phase wdp: proof 1/2 100 %, 0s left",
            ],
            _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Phases.StandardError.WithoutProgress(_error.ToString()));
    }

    // Half of it was done before a crash: the rest takes as long as the part that was seen tells.
    [Fact]
    public void Report_PhaseThatWasTakenUpAgain_PromisesByWhatWasSeen()
    {
        var lines = new ProgressLines(_error, "worker phase pc1", _clock);
        lines.Report(new PhaseProgress("layer 6/11", 0.5));
        _clock.Pass(TimeSpan.FromMinutes(10));

        lines.Report(new PhaseProgress("layer 6/11", 0.55));

        Assert.Equal("worker phase pc1: layer 6/11 55 %, 1h30m0s left\n", _error.ToString());
    }

    [Fact]
    public void Report_PhaseThatStandsStill_PromisesNothing()
    {
        var lines = new ProgressLines(_error, "worker phase pc1", _clock);
        lines.Report(new PhaseProgress("parent cache 0/100", 0.03));
        _clock.Pass(ProgressLines.Interval);

        lines.Report(new PhaseProgress("parent cache 1/100", 0.03));

        Assert.Equal("worker phase pc1: parent cache 1/100 3 %\n", _error.ToString());
    }

    [Fact]
    public void Report_WithoutStage_IsThePartAlone()
    {
        var lines = new ProgressLines(_error, "worker circuit digest", _clock);
        _clock.Pass(ProgressLines.Interval);

        lines.Report(0.25);

        Assert.Equal("worker circuit digest: 25 %\n", _error.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
