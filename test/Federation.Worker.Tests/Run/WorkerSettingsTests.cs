using Federation.Hosting;
using Federation.Worker.Run;

namespace Federation.Worker.Tests.Run;

public sealed class WorkerSettingsTests
{
    private const string Agent = "eyJ.a.b:/ip4/127.0.0.1/tcp/3456/http";

    [Fact]
    public void Read_AllSet_IsRead()
    {
        var settings = Read(Agent, "2KiB", "t01000");
        Assert.Equal((2048UL, "t01000", 3456), (settings.SectorSize, settings.Miner, settings.Agent.Address.Port));
        Assert.Equal("/w", settings.RepositoryPath);
    }

    [Fact]
    public void Read_OnlyTheAgent_IsEnough() => Assert.Equal(0UL, Read(Agent).SectorSize);

    [Theory]
    [InlineData(null, "", "", "AGENT_API_INFO is not set")]
    [InlineData("nonsense", "", "", "AGENT_API_INFO is not valid")]
    [InlineData("/ip4/127.0.0.1/tcp/3456/http", "", "", "no token")]
    [InlineData("tok:/ip4/127.0.0.1/udp/3456", "", "", "AGENT_API_INFO is not valid")]
    [InlineData(Agent, "3KiB", "", "SECTOR_SIZE")]
    [InlineData(Agent, "", "1000", "MINER_ADDR")]
    [InlineData(Agent, "", "t0x", "MINER_ADDR")]
    public void Read_OneIsWrong_SaysWhichAndTheRemedy(string? agent, string size, string miner, string part)
    {
        var error = Assert.Throws<OperatorException>(() => Read(agent, size, miner));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Remedy);
        Assert.DoesNotContain("eyJ.a.b", error.Message, StringComparison.Ordinal);
    }

    private static WorkerSettings Read(string? agent, string size = "", string miner = "") => WorkerSettings.Read(
        name => name switch
        {
            "AGENT_API_INFO" => agent,
            "SECTOR_SIZE" => size,
            "MINER_ADDR" => miner,
            "WORKER_PATH" => "/w",
            _ => null,
        },
        null);
}
