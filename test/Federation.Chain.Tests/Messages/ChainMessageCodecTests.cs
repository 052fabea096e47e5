using Federation.Chain.Messages;

namespace Federation.Chain.Tests.Messages;

public sealed class ChainMessageCodecTests
{
    // Encoded and hashed by an independent CBOR and BLAKE2b (Python's hashlib).
    private const string PreCommitHex =
        "8a181c1903e8070361355820111111111111111111111111111111111111111111111111111111111111111158202222"
        + "22222222222222222222222222222222222222222222222222222222222239012b81821908006570696563651a000f4240";

    private static readonly PreCommitMessage PreCommit = new(
        1000, 7, 3, "5", [.. Enumerable.Repeat((byte)0x11, 32)], [.. Enumerable.Repeat((byte)0x22, 32)], -300,
        [new ChainPiece(2048, "piece")], 1_000_000);

    private static readonly ProveCommitMessage ProveCommit =
        new(1000, 7, 1UL << 40, "vanilla", string.Concat(Enumerable.Repeat("ab", 32)));

    [Fact]
    public void Encode_KnownMessages_EqualsTheGoldenBytesAndCids()
    {
        Assert.Equal(PreCommitHex, Convert.ToHexStringLower(ChainMessageCodec.Encode(PreCommit)));
        Assert.Equal("bafy2bzaced4kxwuvz6gdomjnaklz4ielb42kqlbubwwh37angfdpj2jsoqrp6",
            ChainMessageCodec.Cid(PreCommit));
        Assert.Equal("bafy2bzacebyyggoik4wlfgwbgasebhflo5m743n2o4mwg4nvcvodgr7y4vd6g",
            ChainMessageCodec.Cid(ProveCommit));
    }

    [Fact]
    public void Decode_WhatEncodeWrote_IsTheSameMessage()
    {
        foreach (var message in new ChainMessage[] { PreCommit, ProveCommit })
        {
            var encoding = ChainMessageCodec.Encode(message);
            Assert.Equal(encoding, ChainMessageCodec.Encode(ChainMessageCodec.Decode(encoding)));
        }
    }

    [Fact]
    public void Decode_EveryPrefixAndAnAppendedByte_Refuses()
    {
        var encoding = ChainMessageCodec.Encode(PreCommit);
        for (var length = 0; length < encoding.Length; length++)
        {
            Assert.Throws<FormatException>(() => ChainMessageCodec.Decode(encoding.AsSpan(0, length)));
        }

        Assert.Throws<FormatException>(() => ChainMessageCodec.Decode([.. encoding, 0]));
    }

    [Fact]
    public void Decode_RandomBytes_NeverFailsOtherwiseThanByFormat()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        var good = ChainMessageCodec.Encode(PreCommit);
        for (var round = 0; round < 100_000; round++)
        {
            var input = (byte[])good.Clone();
            for (var change = random.Next(4); change >= 0; change--)
            {
                input[random.Next(input.Length)] = (byte)random.Next(256);
            }

            try
            {
                // What is accepted is canonical: it encodes to itself.
                Assert.Equal(input, ChainMessageCodec.Encode(ChainMessageCodec.Decode(input)));
            }
            catch (FormatException)
            {
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, round {round}, {Convert.ToHexString(input)}: {error}");
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("19")]
    [InlineData("4096/0100000000000000000000000000000000000000000000000000000000000000/1.1/interactive")]
    [InlineData("16384/0100000000000000000000000000000000000000000000000000000000000000/1.2/ni")]
    public void SealProofText_Known_RoundTrips(string text)
    {
        Assert.True(SealProofText.TryParse(text, out var config));
        Assert.Equal(text, SealProofText.Format(config));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("-1")]
    [InlineData("4096")]
    [InlineData("4096/01/1.1/interactive")]
    [InlineData("5000/0100000000000000000000000000000000000000000000000000000000000000/1.1/interactive")]
    [InlineData("4096/0100000000000000000000000000000000000000000000000000000000000000/1.1/ni")]
    [InlineData("4096/0100000000000000000000000000000000000000000000000000000000000000/1.3/interactive")]
    public void SealProofText_Unknown_IsRefused(string text) => Assert.False(SealProofText.TryParse(text, out _));
}
