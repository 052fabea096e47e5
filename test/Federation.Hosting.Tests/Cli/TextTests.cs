using Federation.Hosting.Cli;

namespace Federation.Hosting.Tests.Cli;

public sealed class TextTests
{
    [Theory]
    [InlineData(74, 3675537, 12, "3675537 (in 1 year 20 weeks)")]
    [InlineData(74, 1549465, 12, "1549465 (in 30 weeks 5 days)")]
    [InlineData(74, 58, 12, "58 (3 minutes 12 seconds ago)")]
    [InlineData(74, 118, 12, "118 (in 8 minutes 48 seconds)")]
    [InlineData(74, 38, 12, "38 (7 minutes 12 seconds ago)")]
    [InlineData(74, -2222, 12, "-2222 (7 hours 39 minutes ago)")]
    [InlineData(74, 74, 12, "74 (now)")]
    [InlineData(10, 11, 1, "11 (in 1 second)")]
    [InlineData(0, 2880, 30, "2880 (in 1 day)")]
    public void EpochText_Epoch_IsShownAsLotusDoes(long current, long epoch, int seconds, string text) =>
        Assert.Equal(text, EpochText.Format(current, epoch, TimeSpan.FromSeconds(seconds)));

    /// <summary>Another side's number, which no time span holds.</summary>
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void EpochText_AnyNumber_IsShown(long epoch) =>
        Assert.StartsWith($"{epoch} (", EpochText.Format(0, epoch, TimeSpan.FromSeconds(30)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(2, 2, 64)]
    [InlineData(726.4, 23.54 * 1024, 2)]
    [InlineData(1.161, 23.54, 3)]
    [InlineData(5, 2, 64)]
    [InlineData(1, 0, 0)]
    public void Bar_Part_HasThatManyStrokes(double used, double total, int strokes) =>
        Assert.Equal($"[{new string('|', strokes).PadRight(64)}]", Bar.Draw(used, total));
}
