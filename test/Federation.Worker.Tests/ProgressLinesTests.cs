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
            ["worker phase wdp: proof 1/2 20 %", "worker phase wdp: proof 1/2 41 %", "worker phase wdp: proof 1/2 100 %"],
            _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Phases.StandardError.WithoutProgress(_error.ToString()));
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
