using System.Text;
using Federation.Hosting.Net;
using Federation.Hosting.Units;

namespace Federation.Hosting.Tests;

/// <summary>
/// Every text decoder on mutated input: it answers, never throws, and what it accepts is printed and read again.
/// </summary>
public sealed class TextDecoderFuzzTests
{
    private const int Seed = 29;

    private static readonly string[] Seeds =
    [
        "127.0.0.1:2379", "[::1]:80", "etcd-1.example:65535", "/ip4/10.0.0.5/tcp/2345/http", "/ip6/::1/tcp/0/tls/http",
        "/dns/miner/tcp/1", "eyJ.x.y:/ip4/10.0.0.5/tcp/2345/http", "http://miner.example:81/", "t:https://[::1]:1",
        "1h46m40.5s", "-200ms", "0", "1.5us", "2KiB", "1.5 GiB", "32G", "9223372036854775807",
    ];

    private static readonly string[] Fragments =
        [
            "/", ":", "[", "]", ".", ",", "//", "/tcp/", "/ip4/", "65536", "-", "h", "ns", "KiB", "%2e", "\0", "\n",
            "\u00e9", "9999999999",
        ];

    [Fact]
    public void TryParse_MutatedText_AnswersAndPrintsWhatItReads()
    {
        byte[][] seeds = [.. Seeds.Select(Encoding.UTF8.GetBytes)];
        byte[][] fragments = [.. Fragments.Select(Encoding.UTF8.GetBytes)];
        var random = new Random(Seed);
        var accepted = 0;
        for (var i = 0; i < FuzzCases.Count; i++)
        {
            var text = Encoding.UTF8.GetString(FuzzCases.Mutate(seeds, fragments, random));
            try
            {
                accepted += Check(text);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, text {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}: {e}");
            }
        }

        Assert.True(accepted > FuzzCases.Count / 20, $"only {accepted} texts were accepted: too wild to prove much");
    }

    /// <summary>How many decoders accepted the text.</summary>
    private static int Check(string text)
    {
        var accepted = 0;
        if (HostPort.TryParse(text, out var endpoint, out _))
        {
            Assert.True(HostPort.TryParse(endpoint.ToString(), out var again, out _));
            Assert.Equal(endpoint, again);
            accepted++;
        }

        if (Multiaddr.TryParse(text, out var address, out _))
        {
            Assert.True(Multiaddr.TryParse(address.ToString(), out var again, out _));
            Assert.Equal(address, again);
            Assert.Equal(address.Port == 0 ? address.HttpUri.Port : address.Port, address.HttpUri.Port);
            accepted++;
        }

        if (ApiInfo.TryParse(text, out var api, out _))
        {
            Assert.True(ApiInfo.TryParse(api.ToSecretString(), out var again, out _));
            Assert.Equal(api, again);
            accepted++;
        }

        if (GoDuration.TryParse(text, out var duration))
        {
            Assert.True(GoDuration.TryParse(GoDuration.Format(duration), out var again));
            Assert.Equal(duration, again);
            accepted++;
        }

        if (ByteSize.TryParse(text, out var size))
        {
            Assert.True(ByteSize.TryParse(size.ToExactString(), out var again));
            Assert.Equal(size, again);
            accepted++;
        }

        return accepted;
    }
}
