using System.Text;
using Federation.Worker.Processor;

namespace Federation.Worker.Tests.External;

public sealed class ProcessorLineReaderTests
{
    private const int Limit = 8;

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("\n", "")]
    [InlineData("1234567\n", "1234567")]
    [InlineData("12345678\nb\n", "12345678…|b")]
    [InlineData("123456789abcdefgh12345678\nb\n", "12345678…|b")]
    [InlineData("123456789", "12345678…")]
    [InlineData("a\n123456789abc\nb\n1234567\n123456789", "a|12345678…|b|1234567|12345678…")]
    public async Task ReadAsync_AnyCutOfTheStream_GivesTheSameLines(string text, string expected)
    {
        foreach (var chunk in Enumerable.Range(1, text.Length + 1))
        {
            var reader = new ProcessorLineReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), Limit);
            var lines = new List<string>();
            while (await reader.ReadAsync(default) is { } line)
            {
                lines.Add(Encoding.UTF8.GetString(line.Bytes.Span) + (line.IsWhole ? "" : "…"));
            }

            Assert.Equal((chunk, expected), (chunk, string.Join('|', lines)));
            Assert.Equal(text == "\n" ? 1 : text.Length == 0 ? 0 : expected.Split('|').Length, lines.Count);
        }
    }

    /// <summary>The 16 MiB that a line may have are not taken for the short ones.</summary>
    [Fact]
    public async Task ReadAsync_LongLine_IsReadWhole()
    {
        var line = new string('x', 100_000);
        var reader = new ProcessorLineReader(
            new ChunkedStream(Encoding.UTF8.GetBytes($"{line}\nend"), 4093), ProcessorLineReader.MaxLineBytes);

        var first = await reader.ReadAsync(default);
        var second = await reader.ReadAsync(default);

        Assert.Equal(line, Encoding.UTF8.GetString(first!.Value.Bytes.Span));
        Assert.Equal("end", Encoding.UTF8.GetString(second!.Value.Bytes.Span));
        Assert.Null(await reader.ReadAsync(default));
    }

    /// <summary>Gives so many bytes at most for each read, as a pipe does.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
