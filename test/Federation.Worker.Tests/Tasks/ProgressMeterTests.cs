using Federation.Proofs;
using Federation.Proto.Gates;
using Federation.Worker.Tasks;

namespace Federation.Worker.Tests.Tasks;

public sealed class ProgressMeterTests
{
    private readonly Clock _clock = new();
    private readonly ProgressMeter _meter;

    public ProgressMeterTests() => _meter = new ProgressMeter(_clock);

    [Fact]
    public void Take_First_TellsHowFarAndNoSpeedYet()
    {
        var told = Take(0.25)!;
        Assert.Equal(("t", "layer 3/11", 0.25, 0, 0),
            (told.TaskId, told.Stage, told.Fraction, told.PerSecond, told.RemainingSeconds));
    }

    [Fact]
    public void Take_TooSoon_TellsNothing()
    {
        Take(0.25);
        _clock.Pass(TimeSpan.FromSeconds(1.9));
        Assert.Null(Take(0.5));
        _clock.Pass(TimeSpan.FromSeconds(0.1));
        Assert.NotNull(Take(0.5));
    }

    [Fact]
    public void Take_TakenUpHalfway_SpeedIsThatOfThisRun()
    {
        Take(0.5);
        _clock.Pass(TimeSpan.FromSeconds(10));
        var told = Take(0.6)!;
        Assert.Equal(0.01, told.PerSecond, 9);
        Assert.Equal(40, told.RemainingSeconds, 6);
    }

    [Fact]
    public void Take_SlowsDown_SpeedFollowsWithinMinutes()
    {
        for (var minute = 0; minute <= 10; minute++)
        {
            Take(minute * 0.05);
            _clock.Pass(TimeSpan.FromMinutes(1));
        }

        TaskProgress told = new();
        for (var minute = 1; minute <= 6; minute++)
        {
            told = Take(0.5 + (minute * 0.006))!;
            _clock.Pass(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0.006 / 60, told.PerSecond, 9);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(-1, 0)]
    [InlineData(2, 1)]
    public void Take_OutOfRange_IsBroughtBackIntoIt(double fraction, double told) =>
        Assert.Equal(told, Take(fraction)!.Fraction);

    [Fact]
    public void Take_NothingGained_SpeedIsUnknown()
    {
        Take(0.5);
        _clock.Pass(TimeSpan.FromMinutes(1));
        var told = Take(0.5)!;
        Assert.Equal((0, 0), (told.PerSecond, told.RemainingSeconds));
    }

    private TaskProgress? Take(double fraction) => _meter.Take("t", new PhaseProgress("layer 3/11", fraction));

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
