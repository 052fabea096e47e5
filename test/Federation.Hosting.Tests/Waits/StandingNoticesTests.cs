using Federation.Hosting.Waits;

namespace Federation.Hosting.Tests.Waits;

public sealed class StandingNoticesTests
{
    private readonly Clock _clock = new();
    private readonly StandingNotices<string> _notices;

    public StandingNoticesTests() => _notices = new StandingNotices<string>(TimeSpan.FromSeconds(30), _clock);

    [Fact]
    public void Look_HoldsForLong_IsToldOnce()
    {
        Assert.Equal([], After(0, "a"));
        Assert.Equal([], After(29, "a"));
        Assert.Equal(["a"], After(1, "a"));
        Assert.Equal([], After(3600, "a"));
    }

    [Fact]
    public void Look_EndsBeforeItsTime_IsNotTold()
    {
        Assert.Equal([], After(0, "a"));
        Assert.Equal([], After(29));
        Assert.Equal([], After(1, "a"));
        Assert.Equal([], After(29, "a"));
    }

    [Fact]
    public void Look_BeginsAgain_IsToldAgain()
    {
        After(0, "a");
        Assert.Equal(["a"], After(30, "a"));
        Assert.Equal([], After(1));
        Assert.Equal([], After(1, "a"));
        Assert.Equal(["a"], After(30, "a"));
    }

    [Fact]
    public void Look_SeveralAndTwiceTheSame_AreEachToldInTheirOwnTimeAndInOrder()
    {
        After(0, "b", "a", "b");
        Assert.Equal(["a", "b"], After(30, "a", "c", "b", "a"));
        Assert.Equal(["c"], After(30, "a", "c", "b"));
    }

    private IReadOnlyList<string> After(int seconds, params string[] holding)
    {
        _clock.Seconds += seconds;
        return _notices.Look(holding);
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
