using Federation.Hosting.Units;

namespace Federation.Hosting.Tests.Units;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("1ms", 10_000)]
    [InlineData("1.5ms", 15_000)]
    [InlineData("2µs", 20)]
    [InlineData("100ns", 1)]
    [InlineData("500ms", 5_000_000)]
    [InlineData("43.4s", 434_000_000)]
    [InlineData("1m0s", 600_000_000)]
    [InlineData("1m1.1s", 611_000_000)]
    [InlineData("1h46m40.5s", 64_005_000_000)]
    [InlineData("12960h0m0s", 466_560_000_000_000)]
    [InlineData("-1h0m0s", -36_000_000_000)]
    public void Format_Duration_IsGosTextAndParsesBack(string text, long ticks)
    {
        Assert.Equal(text, GoDuration.Format(TimeSpan.FromTicks(ticks)));
        Assert.True(GoDuration.TryParse(text, out var parsed));
        Assert.Equal(ticks, parsed.Ticks);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1.5h", 54_000_000_000)]
    [InlineData("90m", 54_000_000_000)]
    [InlineData("+5s", 50_000_000)]
    [InlineData("1us", 10)]
    [InlineData("99ns", 0)]
    public void TryParse_OtherNotations_AreRead(string text, long ticks)
    {
        Assert.True(GoDuration.TryParse(text, out var parsed));
        Assert.Equal(ticks, parsed.Ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("1h0")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("1..5s")]
    [InlineData("30S")]
    [InlineData("99999999999999h")]
    [InlineData("9000000000s9000000000s9000000000s9000000000000s")]
    public void TryParse_NoDuration_IsRefused(string? text) => Assert.False(GoDuration.TryParse(text, out _));

    [Theory]
    [InlineData(434_999_999, "43.4s")]
    [InlineData(999_999, "0s")]
    [InlineData(64_005_999_999, "1h46m40.5s")]
    public void FormatTruncated_Duration_IsCutTo100Milliseconds(long ticks, string text) =>
        Assert.Equal(text, GoDuration.FormatTruncated(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Format_AnyDuration_ParsesBack()
    {
        const int Seed = 71;
        var random = new Random(Seed);
        for (var i = 0; i < 10_000; i++)
        {
            var duration = TimeSpan.FromTicks(random.NextInt64() >> random.Next(63));
            var text = GoDuration.Format(duration);
            Assert.True(
                GoDuration.TryParse(text, out var parsed) && parsed == duration, $"seed {Seed}, case {i}: {text}");
        }

        Assert.True(GoDuration.TryParse(GoDuration.Format(TimeSpan.MaxValue), out var max));
        Assert.Equal(TimeSpan.MaxValue, max);
    }
}
