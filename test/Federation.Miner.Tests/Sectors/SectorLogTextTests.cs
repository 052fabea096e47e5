using System.Text;
using Federation.Miner.Sectors;
using Federation.Proto.Records;
using Google.Protobuf;

namespace Federation.Miner.Tests.Sectors;

public sealed class SectorLogTextTests
{
    private const int MaxEntryBytes = 1024;

    [Fact]
    public void Cut_WhateverAnAgentWrote_IsOneLineOfAtMost503Bytes()
    {
        Assert.Equal("a b", SectorLogText.Cut("a\nb"));
        Assert.Equal(503, System.Text.Encoding.UTF8.GetByteCount(SectorLogText.Cut(new string('x', 9_000))));
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(
            SectorLogText.Cut(string.Concat(Enumerable.Repeat("🦊", 900)))) <= 503);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("<")]
    [InlineData("\n")]
    [InlineData("🦊")]
    [InlineData("\u2028")]
    [InlineData("ж")]
    public void Error_WhateverAnAgentWrote_MakesALogEntryOfAtMostOneKibibyte(string text)
    {
        var error = SectorLogText.Error(string.Concat(Enumerable.Repeat(text, 9_000)));
        var attempt = SectorLogText.Attempt(new PhaseReport
        {
            Hostname = string.Concat(Enumerable.Repeat(text, 9_000)), Attempt = "1-1",
        });
        Assert.All([error, attempt], static user =>
        {
            var entry = new LogRecord
            {
                Version = 1, UnixMs = long.MaxValue, Kind = "event;sealing.SectorSealPreCommit1Failed",
                Message = $"{{\"User\":{user}}}",
            };
            Assert.InRange(Encoding.UTF8.GetByteCount(JsonFormatter.Default.Format(entry)), 1, MaxEntryBytes);
        });
    }
}
