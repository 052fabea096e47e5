using System.Text;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport.Wire;

namespace Federation.Proto.Tests.Wire;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text ~", "plain text ~")]
    [InlineData("100 %", "100 %25")]
    [InlineData("a\nb\tc\x7F", "a%0Ab%09c%7F")]
    [InlineData("größer", "gr%C3%B6%C3%9Fer")]
    [InlineData("\U0001F600", "%F0%9F%98%80")]
    public void Encode_Text_EscapesWhatGrpcAsks(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%2", "%2")]
    [InlineData("50%", "50%")]
    [InlineData("%zz", "%zz")]
    [InlineData("%+1", "%+1")]
    [InlineData("% 1", "% 1")]
    [InlineData("%%41", "%A")]
    [InlineData("%e4%bd%a0", "你")]
    [InlineData("%FF", "\uFFFD")]
    [InlineData("é", "é")]
    public void Decode_BadOrOddEscapes_StayAsTheyAre(string encoded, string text) =>
        Assert.Equal(text, PercentEncoding.Decode(encoded));

    [Fact]
    public void Encode_VeryLongText_IsCut() =>
        Assert.Equal(PercentEncoding.MaxTextBytes, PercentEncoding.Encode(new string('x', 1 << 20)).Length);

    [Fact]
    public void Decode_RandomText_NeverThrowsAndReadsBackWhatWasEncoded()
    {
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases; round++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            var garbage = Encoding.Latin1.GetString(bytes).Replace('a', '%');
            var text = Encoding.UTF8.GetString(bytes);

            PercentEncoding.Decode(garbage);
            var back = PercentEncoding.Decode(PercentEncoding.Encode(text));
            Assert.True(back == text, $"seed {Seeds.Seed} round {round}");
        }
    }
}
