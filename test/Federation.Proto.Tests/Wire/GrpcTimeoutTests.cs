using Federation.Proto.Tests.Support;
using Federation.Proto.Transport.Wire;

namespace Federation.Proto.Tests.Wire;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData(0, "1n")]
    [InlineData(-5, "1n")]
    [InlineData(1, "100n")]
    [InlineData(999_999, "99999900n")]
    [InlineData(1_000_000, "100000u")]
    [InlineData(10_000_001, "1000001u")]
    [InlineData(300_000_000, "30000000u")]
    [InlineData(10_000_000_000, "1000000m")]
    [InlineData(999_999_990_000, "99999999m")]
    [InlineData(999_999_990_001, "100000S")]
    [InlineData(long.MaxValue, "99999999H")]
    public void Format_Ticks_TakesTheFinestUnitThatHolds(long ticks, string expected) =>
        Assert.Equal(expected, GrpcTimeout.Format(new TimeSpan(ticks)));

    [Theory]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("3S", 30_000_000)]
    [InlineData("4m", 40_000)]
    [InlineData("5u", 50)]
    [InlineData("100n", 1)]
    [InlineData("1n", 1)]
    [InlineData("101n", 2)]
    [InlineData("0S", 0)]
    [InlineData("99999999H", 99_999_999L * 36_000_000_000)]
    public void TryParse_ValidText_GivesTicksRoundedUp(string text, long ticks)
    {
        Assert.True(GrpcTimeout.TryParse(text, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1 S")]
    [InlineData("1.5S")]
    [InlineData("100000000S")]
    [InlineData("0x1S")]
    [InlineData("１S")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(GrpcTimeout.TryParse(text, out _));

    [Fact]
    public void TryParse_RandomText_NeverThrowsAndTakesOnlyTheGrammar()
    {
        const string Alphabet = "0123456789HMSmun -+.x\0é";
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases; round++)
        {
            var text = new string(random.GetItems<char>(Alphabet, random.Next(0, 11)));
            var inGrammar = text.Length is >= 2 and <= 9
                && text[..^1].All(char.IsAsciiDigit) && "HMSmun".Contains(text[^1], StringComparison.Ordinal);

            Assert.True(GrpcTimeout.TryParse(text, out _) == inGrammar, $"seed {Seeds.Seed} round {round}: '{text}'");
        }
    }

    [Fact]
    public void Format_RandomTimeouts_ReadBackNotShorterAndNearlyEqual()
    {
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases / 10; round++)
        {
            var timeout = new TimeSpan(random.NextInt64(1, 1L << random.Next(1, 57)));
            var text = GrpcTimeout.Format(timeout);

            Assert.True(GrpcTimeout.TryParse(text, out var read), $"seed {Seeds.Seed} round {round}: '{text}'");
            Assert.True(read >= timeout && read.Ticks <= timeout.Ticks * 1.001 + 1, $"{timeout} became {text}");
        }
    }
}
