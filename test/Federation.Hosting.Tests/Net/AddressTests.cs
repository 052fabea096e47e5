using Federation.Hosting.Net;

namespace Federation.Hosting.Tests.Net;

public sealed class AddressTests
{
    [Theory]
    [InlineData("127.0.0.1:2379", "127.0.0.1", 2379, true)]
    [InlineData("etcd-1.site-a.example:2379", "etcd-1.site-a.example", 2379, false)]
    [InlineData("[::1]:1", "::1", 1, true)]
    [InlineData("localhost:65535", "localhost", 65535, true)]
    [InlineData("10.0.0.5:80", "10.0.0.5", 80, false)]
    public void HostPort_Valid_IsReadAndPrinted(string text, string host, int port, bool loopback)
    {
        Assert.True(HostPort.TryParse(text, out var value, out _));
        Assert.Equal((host, port, loopback, text), (value.Host, value.Port, value.IsLoopback, value.ToString()));
    }

    [Theory]
    [InlineData("10,0.0.5:2379", "\"10,0.0.5\" has a comma where a dot should stand")]
    [InlineData("10.0.0.5", "the port is missing; write it as \"host:port\"")]
    [InlineData("10.0.0.5:", "\"\" is no port from 1 to 65535")]
    [InlineData("10.0.0.5:0", "\"0\" is no port from 1 to 65535")]
    [InlineData("10.0.0.5:65536", "\"65536\" is no port from 1 to 65535")]
    [InlineData("10.0.0.5:23x", "\"23x\" is no port from 1 to 65535")]
    [InlineData("10.0.0.256:1", "\"10.0.0.256\" is no IPv4 address")]
    [InlineData("10.0.5:1", "\"10.0.5\" is no IPv4 address")]
    [InlineData("http://10.0.0.5:2379", "write it as \"host:port\", without \"http://\"")]
    [InlineData("/ip4/10.0.0.5/tcp/2379", "it is a multiaddr; write it as \"host:port\"")]
    [InlineData("::1:2379", "an IPv6 address must stand in brackets, as in \"[::1]:2379\"")]
    [InlineData("[::g]:1", "\"::g\" is no IPv6 address")]
    [InlineData("a b:1", "\"a b\" is neither a host name nor an IP address")]
    [InlineData("a..b:1", "\"a..b\" is neither a host name nor an IP address")]
    [InlineData(":1", "\"\" is neither a host name nor an IP address")]
    public void HostPort_Invalid_SaysWhy(string text, string why)
    {
        Assert.False(HostPort.TryParse(text, out _, out var problem));
        Assert.Equal(why, problem);
    }

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/2345/http", "http://127.0.0.1:2345/")]
    [InlineData("/ip4/127.0.0.1/tcp/2345", "http://127.0.0.1:2345/")]
    [InlineData("/ip6/::1/tcp/2345/https", "https://[::1]:2345/")]
    [InlineData("/dns4/miner.example/tcp/443/tls/http", "https://miner.example/")]
    [InlineData("/dns/miner.example/tcp/1/ws", "http://miner.example:1/")]
    public void Multiaddr_Valid_IsReadAndPrinted(string text, string uri)
    {
        Assert.True(Multiaddr.TryParse(text, out var value, out _));
        Assert.Equal(text, value.ToString());
        Assert.Equal(uri, value.HttpUri.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:2345")]
    [InlineData("/ip4/127.0.0.1/udp/2345")]
    [InlineData("/ip4/127.0.0.1/tcp")]
    [InlineData("/ip4/127.0.0.1/tcp/70000/http")]
    [InlineData("/ip4/127,0.0.1/tcp/2345/http")]
    [InlineData("/ip4/miner/tcp/2345/http")]
    [InlineData("/ip4/::1/tcp/2345/http")]
    [InlineData("/ip6/127.0.0.1/tcp/2345/http")]
    [InlineData("/unix/tmp/tcp/2345")]
    [InlineData("/ip4/127.0.0.1/tcp/2345/http/x")]
    [InlineData("x/ip4/127.0.0.1/tcp/2345/http")]
    public void Multiaddr_Invalid_IsRefused(string text)
    {
        Assert.False(Multiaddr.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Theory]
    [InlineData("eyJ.x.y:/ip4/10.0.0.5/tcp/2345/http", "eyJ.x.y", "/ip4/10.0.0.5/tcp/2345/http")]
    [InlineData("/ip4/10.0.0.5/tcp/2345/http", null, "/ip4/10.0.0.5/tcp/2345/http")]
    [InlineData("http://miner.example:80", null, "/dns/miner.example/tcp/80/http")]
    [InlineData("sesame:https://10.0.0.5:81/", "sesame", "/ip4/10.0.0.5/tcp/81/https")]
    [InlineData(" sesame:/ip6/::1/tcp/1 \n", "sesame", "/ip6/::1/tcp/1")]
    public void ApiInfo_Valid_IsRead(string text, string? token, string address)
    {
        Assert.True(ApiInfo.TryParse(text, out var info, out _));
        Assert.Equal((token, address), (info.Token, info.Address.ToString()));
        Assert.DoesNotContain(token ?? "no token", info.ToString(), StringComparison.Ordinal);
        Assert.True(ApiInfo.TryParse(info.ToSecretString(), out var again, out _) && again == info);
    }

    [Theory]
    [InlineData("")]
    [InlineData("justatoken")]
    [InlineData("secret:")]
    [InlineData(":/ip4/10.0.0.5/tcp/2345/http")]
    [InlineData("secret:/ip4/10.0.0.5/tcp/x/http")]
    [InlineData("secret:ftp://10.0.0.5")]
    public void ApiInfo_Invalid_SaysWhyWithoutTheToken(string text)
    {
        Assert.False(ApiInfo.TryParse(text, out _, out var problem));
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ApiInfo_List_KeepsOrderAndRefusesOneBadEntry()
    {
        Assert.True(ApiInfo.TryParseList("a:/ip4/1.2.3.4/tcp/1,b:/ip4/1.2.3.5/tcp/2", out var infos, out _));
        Assert.Equal(["a", "b"], infos.Select(i => i.Token));
        Assert.False(ApiInfo.TryParseList("a:/ip4/1.2.3.4/tcp/1,b", out _, out _));
    }
}
