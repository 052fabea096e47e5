using Federation.Hosting.Units;

namespace Federation.Hosting.Tests.Units;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(2048, "2 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(34359738368, "32 GiB")]
    [InlineData(761_685_606, "726.4 MiB")]
    [InlineData(1_246_614_257, "1.161 GiB")]
    [InlineData(25_275_882_537, "23.54 GiB")]
    [InlineData(1_048_575, "1024 KiB")]
    [InlineData(long.MaxValue, "8 EiB")]
    public void ToString_Size_IsLotussText(long bytes, string text) =>
        Assert.Equal(text, new ByteSize(bytes).ToString());

    [Theory]
    [InlineData("2KiB", 2048, "2KiB")]
    [InlineData("2 KiB", 2048, "2KiB")]
    [InlineData("2048", 2048, "2KiB")]
    [InlineData("2049B", 2049, "2049B")]
    [InlineData("32G", 34359738368, "32GiB")]
    [InlineData("1.5GiB", 1610612736, "1536MiB")]
    [InlineData("0", 0, "0B")]
    public void TryParse_Size_IsReadAndWrittenExactly(string text, long bytes, string exact)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
        Assert.Equal(exact, size.ToExactString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("2KB")]
    [InlineData("2kib")]
    [InlineData("-1")]
    [InlineData("1.0001B")]
    [InlineData("8EiB")]
    [InlineData("2 Ki B")]
    public void TryParse_NoSize_IsRefused(string? text) => Assert.False(ByteSize.TryParse(text, out _));
}
