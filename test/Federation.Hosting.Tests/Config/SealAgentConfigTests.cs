using System.Text;
using Federation.Hosting.Config;
using Federation.Hosting.Net;

namespace Federation.Hosting.Tests.Config;

public sealed class SealAgentConfigTests
{
    [Fact]
    public void Read_Defaults_AreLoopbackWithTheEmbeddedStore()
    {
        var (config, api) = Bind("").Value;

        Assert.Empty(config.EtcdAddrs);
        Assert.Equal("127.0.0.1:2379", config.StoreListen.ToString());
        Assert.Equal(
            [9100, 9101, 9200],
            new[] { config.Ports.Grpc, config.Ports.Http, config.Ports.Bulk }.Select(static p => p.Endpoint.Port));
        Assert.Equal(TimeSpan.FromSeconds(30), config.LeaseTtl);
        Assert.Equal("/ip4/127.0.0.1/tcp/2345/http", api.ListenAddress.ToString());
    }

    [Fact]
    public void Read_EtcdAddrsWithTypo_SaysWhatIsWrong()
    {
        var error = Assert.Throws<ConfigException>(
            () => Bind("[SealAgent]\nEtcdAddrs = [\"10.0.0.1:2379\", \"10,0.0.2:2379\"]"));

        Assert.Equal(
            ["c:2:13: [SealAgent] EtcdAddrs = [\"10.0.0.1:2379\", \"10,0.0.2:2379\"] must be a list of \"host:port\","
                + " and for the entry \"10,0.0.2:2379\": \"10,0.0.2\" has a comma where a dot should stand."],
            error.Errors);
    }

    [Fact]
    public void Read_EtcdAddrsOfTheEnvironment_AreACommaSeparatedList()
    {
        var environment = new Dictionary<string, string>
        {
            ["LOTUS_SEALAGENT_ETCDADDRS"] = "10.0.0.1:2379, [::1]:2380",
        };

        var result = Bind("[SealAgent]\nEtcdAddrs = [\"unused:1\"]", environment);

        Assert.Equal([new HostPort("10.0.0.1", 2379), new HostPort("::1", 2380)], result.Value.Agent.EtcdAddrs);
    }

    [Fact]
    public void Read_EtcdAddrTwice_IsRefused()
    {
        var error = Assert.Throws<ConfigException>(() => Bind("[SealAgent]\nEtcdAddrs = [\"a:1\", \"a:1\"]"));

        Assert.EndsWith("and the entry \"a:1\" is there twice.", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OpenListenersWithoutTls_AreAllRefused()
    {
        var error = Assert.Throws<ConfigException>(() => Bind(
            "[SealAgent]\nServeIP = \"0.0.0.0\"\nStoreListen = \"10.0.0.5:2379\"\n"
            + "[API]\nListenAddress = \"/ip4/10.0.0.5/tcp/1/http\""));

        const string Remedy = "can be reached by other machines: set [SealAgent] TlsCert, TlsKey and TlsCA, or"
            + " [SealAgent] Insecure = true to go without protection, or a loopback address.";
        Assert.Equal(
            [
                $"c:2:11: [SealAgent] ServeIP = \"0.0.0.0\" {Remedy}",
                $"c:3:15: [SealAgent] StoreListen = \"10.0.0.5\" {Remedy}",
                $"c:5:17: [API] ListenAddress = \"10.0.0.5\" {Remedy}",
            ],
            error.Errors);
    }

    [Fact]
    public void Read_Insecure_IsSaidForEachOpenListener()
    {
        var result = Bind(
            "[SealAgent]\nInsecure = true\nServeIP = \"10.0.0.5\"\n"
            + "EtcdAddrs = [\"e:1\"]\nStoreListen = \"10.0.0.5:2379\"");

        Assert.Contains(
            "[SealAgent] ServeIP = \"10.0.0.5\" is INSECURE", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PartOfTls_NamesWhatIsMissing()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["cert.pem"], "");

        var error = Assert.Throws<ConfigException>(
            () => Bind($"[SealAgent]\nTlsCert = \"{folder["cert.pem"]}\"\nTlsKey = \"/nowhere/key.pem\""));

        Assert.Equal(
            [
                "c: [SealAgent] TlsCA is missing, but TlsCert is set: mutual TLS needs TlsCert, TlsKey and TlsCA.",
                "c:3:10: [SealAgent] TlsKey = \"/nowhere/key.pem\" names a file that does not exist.",
            ],
            error.Errors);
    }

    [Theory]
    [InlineData("ServePort = 0", "must be an integer from 1 to 65435")]
    [InlineData("ServePort = 65436", "must be an integer from 1 to 65435")]
    [InlineData("ServeIP = \"127,0.0.1\"", "has a comma where a dot should stand")]
    [InlineData("ServeIP = \"example.org\"", "must be an IP address of this machine such as \"127.0.0.1\"")]
    [InlineData("LeaseTTL = \"1s\"", "must be a duration such as \"30s\" from 2s to 10m0s")]
    public void Read_WrongValue_SaysWhatItMustBe(string line, string expected)
    {
        var error = Assert.Throws<ConfigException>(() => Bind("[SealAgent]\n" + line));

        Assert.Contains(expected, Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_TlsConfigured_ProtectsLoopbackToo()
    {
        var tls = new TransportSecurity("c", "k", "a", Insecure: false);

        Assert.Equal(ListenVerdict.Protected, ListenPolicy.Judge(new HostPort("127.0.0.1", 1), tls));
        Assert.Equal(ListenVerdict.Protected, ListenPolicy.Judge(new HostPort("10.0.0.5", 1), tls));
        Assert.Equal(
            ListenVerdict.Refused, ListenPolicy.Judge(new HostPort("10.0.0.5", 1), TransportSecurity.LoopbackOnly));
    }

    private static ConfigResult<(SealAgentConfig Agent, ApiConfig Api)> Bind(
        string text, IReadOnlyDictionary<string, string>? environment = null) => ConfigLoader.Bind(
        Encoding.UTF8.GetBytes(text),
        "c",
        reader =>
        {
            var agent = SealAgentConfig.Read(reader, 9100);
            return (agent, ApiConfig.Read(reader, agent.Security, "/ip4/127.0.0.1/tcp/2345/http"));
        },
        environment ?? new Dictionary<string, string>());
}
