using System.Text;
using Federation.Hosting.Config;
using Federation.MinerAgent.Config;

namespace Federation.MinerAgent.Tests.Config;

public sealed class AgentConfigTests
{
    [Fact]
    public void Read_Nothing_HasDefaults()
    {
        var config = Read("").Value;
        Assert.Equal(("agent", "default", "t01000", 0u), (config.Name, config.Region, config.Miner, config.MaxClaims));
        Assert.Equal(AgentConfig.DefaultServePort, config.SealAgent.Ports.Port);
    }

    [Fact]
    public void Read_TemplateWithSettings_ReadsThemBack()
    {
        var text = ConfigTemplate.Write(AgentConfig.Read, new Dictionary<(string, string), string>
        {
            [("SealAgent", "Name")] = "\"n1\"",
            [("SealAgent", "EtcdAddrs")] = "[\"10.0.0.1:2379\", \"10.0.0.2:2379\"]",
        });
        var config = Read(text).Value;
        Assert.Equal("n1", config.Name);
        Assert.Equal(["10.0.0.1:2379", "10.0.0.2:2379"],
            config.SealAgent.EtcdAddrs.Select(endpoint => endpoint.ToString()));
    }

    [Theory]
    [InlineData("Name = \"a/b\"", "Name")]
    [InlineData("Miner = \"1000\"", "Miner")]
    [InlineData("MaxClaims = -1", "MaxClaims")]
    [InlineData("EtcdAddrs = [\"10,0.0.1:2379\"]", "comma")]
    [InlineData("Regoin = \"east\"", "Regoin")]
    public void Read_Wrong_NamesTheKey(string line, string part) => Assert.Contains(
        part, Assert.Throws<ConfigException>(() => Read("[SealAgent]\n" + line)).Message, StringComparison.Ordinal);

    private static ConfigResult<AgentConfig> Read(string text) =>
        ConfigLoader.Bind(Encoding.UTF8.GetBytes(text), "config.toml", AgentConfig.Read, new Dictionary<string,
            string>());
}
