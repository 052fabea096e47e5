using System.Text;
using Federation.Proto.Records;

namespace Federation.Proto.Tests.Records;

/// <summary>The form in which records lie in the store.</summary>
public sealed class RecordJsonTests
{
    [Fact]
    public void Write_Record_IsCompactWithoutDefaultsInTheFilesNames()
    {
        var record = new SectorRecord
        {
            Version = 1,
            Sector = 7,
            State = "PreCommit1",
            RetryAfterMs = 1500,
            Spec = new SealSpec { SealProof = 0, SectorSize = 2048 },
            Pieces = { new Piece { Size = 2048, Cid = "baga" } },
            LastError = "Ü \"x\" <y>",
        };
        Assert.Equal(
            """
            {"version":1,"sector":"7","state":"PreCommit1","spec":{"seal_proof":0,"sector_size":"2048"},
            "pieces":[{"size":"2048","cid":"baga"}],"last_error":"Ü \"x\" <y>","retry_after_ms":"1500"}
            """.Replace("\n", string.Empty, StringComparison.Ordinal),
            Encoding.UTF8.GetString(RecordJson.Write(record)));
    }

    [Fact]
    public void Write_MapsFilledInAnyOrder_GiveEqualBytes()
    {
        var one = new AgentRecord { Slots = { ["PC1"] = 2, ["AP"] = 1, ["C1"] = 3 } };
        var other = new AgentRecord { Slots = { ["C1"] = 3, ["PC1"] = 2, ["AP"] = 1 } };

        Assert.Equal(RecordJson.Write(one), RecordJson.Write(other));
        Assert.Equal("""{"slots":{"AP":1,"C1":3,"PC1":2}}""", Encoding.UTF8.GetString(RecordJson.Write(one)));
    }

    [Fact]
    public void Parse_WhatWasWritten_IsTheSameRecord()
    {
        var record = new ReportRecord
        {
            Version = 3,
            Sector = ulong.MaxValue,
            Epoch = 1UL << 60,
            Phases = { new PhaseReport { Phase = "PC1", State = PhaseState.Done, Seconds = 0.1 + 0.2 } },
        };
        Assert.Equal(record, RecordJson.Parse<ReportRecord>("reports/north/7", RecordJson.Write(record)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"sector":"x"}""")]
    [InlineData("""{"sector":-1}""")]
    [InlineData("""{"sector":[1]}""")]
    [InlineData("""{"sector":1,"sector":2}""")]
    [InlineData("""{"pieces":{"size":1}}""")]
    [InlineData("""{"state":"a","state":"b"}""")]
    [InlineData("""{"version":4294967296}""")]
    [InlineData("""{"state":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"newer":["\udc00"]}""")]
    public void Parse_WhatIsNoRecord_NamesTheKeyAndTheKind(string json)
    {
        var e = Assert.Throws<RecordFormatException>(
            () => RecordJson.Parse<SectorRecord>("/federation/t01000/sectors/7", Encoding.UTF8.GetBytes(json)));

        Assert.Contains("/federation/t01000/sectors/7", e.Message, StringComparison.Ordinal);
        Assert.Contains("SectorRecord", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_InvalidUtf8OrDeepNesting_IsRefused()
    {
        Assert.Throws<RecordFormatException>(
            () => RecordJson.Parse<SectorRecord>("k", new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}' }));
        var deep = string.Concat(Enumerable.Repeat("{\"x\":", 5000)) + "1" + new string('}', 5000);
        Assert.Throws<RecordFormatException>(() => RecordJson.Parse<SectorRecord>("k", Encoding.UTF8.GetBytes(deep)));
    }

    [Fact]
    public void Write_AtAndOverTheLimit_PassesAndIsRefusedByName()
    {
        var overhead = RecordJson.Write(new LogRecord { Message = "x" }).Length - 1;
        var fits = new LogRecord { Message = new string('x', RecordJson.MaxBytes - overhead) };
        Assert.Equal(RecordJson.MaxBytes, RecordJson.Write(fits).Length);

        fits.Message += "x";
        var e = Assert.Throws<RecordTooLargeException>(() => RecordJson.Write(fits, key: "logs/7/00000001"));
        Assert.Contains("logs/7/00000001 has 16385 bytes", e.Message, StringComparison.Ordinal);
        Assert.Equal("LogRecord", Assert.Throws<RecordTooLargeException>(() => RecordJson.Write(fits)).Name);
    }
}
