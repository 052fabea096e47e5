using Federation.Integration.Tests.Support;
using Federation.Testing;

namespace Federation.Integration.Tests;

/// <summary>Agents and workers that are not of the miner that they are to work for, as the built programs.</summary>
[Collection(nameof(Federations))]
public sealed class MismatchTests
{
    [Fact]
    public async Task AgentAndWorker_ThatDifferFromARunningMiner_AreTurnedAway()
    {
        await using var folder = await CommandFolder.WithAgentAsync();
        await folder.StartDaemonAsync(TestPrograms.Miner, "miner");
        string[] agent = [$"LOTUS_SEALAGENT_ETCDADDRS=127.0.0.1:{folder.StorePort}",
            $"LOTUS_SEALAGENT_SERVEPORT={PortBlock.Serve()}"];

        (await folder.RunAsync(TestPrograms.Agent, "run", [.. agent, "SECTOR_SIZE=4KiB"]))
            .AssertOneError("SECTOR_SIZE is 4096 bytes, but the sectors of miner t01000 have 2048",
                "set SECTOR_SIZE to 2048");
        (await RunAgainstStoreAsync(folder, [.. agent, "LOTUS_SEALAGENT_MINER=t01001"]))
            .AssertOneError("can not found any server", "no miner t01001 is registered in the store");

        await folder.StartDaemonAsync(TestPrograms.Agent, "agent", agent);
        var token = await File.ReadAllTextAsync(folder["agent/token"]);
        var api = await File.ReadAllTextAsync(folder["agent/api"]);
        foreach (var (variable, info, sentence, remedy) in new[]
        {
            ("SECTOR_SIZE=4KiB", $"{token}:{api}",
                "SECTOR_SIZE of this worker is 4096 bytes, the miner's sectors have 2048", "set SECTOR_SIZE to 2048"),
            ("MINER_ADDR=t01001", $"{token}:{api}", "MINER_ADDR of this worker is t01001, the agent works for t01000",
                "set MINER_ADDR to t01000"),
            ("SECTOR_SIZE=2KiB", $"abc:{api}", $"the agent at {api} refuses this worker's token",
                "files token and api"),
            ("SECTOR_SIZE=2KiB", $"{token}:/ip4/127.0.0.1/tcp/{folder.ServePort}/http",
                "of AGENT_API_INFO is no agent", "files token and api"),
            ("SECTOR_SIZE=2KiB", $"{token}:/ip4/127.0.0.1/tcp/{folder.ApiPort}/http",
                "is no agent's gRPC port: it does not speak HTTP/2", "files token and api"),
        })
        {
            (await folder.RunAsync(TestPrograms.Worker, "run", $"AGENT_API_INFO={info}", variable))
                .AssertOneError(sentence, remedy);
        }
    }

    /// <summary>In the two seconds that an agent has here, a paused machine does not even reach its store.</summary>
    private static async Task<CommandResult> RunAgainstStoreAsync(CommandFolder folder, params string[] variables)
    {
        CommandResult result;
        var attempts = 0;
        do
        {
            result = await folder.RunAsync(
                TestPrograms.Agent, "run", [.. variables, "LOTUS_SEALAGENT_STARTTIMEOUT=2s"]);
        }
        while (result.Lines.Any(static line => line.Contains(BadInputTests.NoStore, StringComparison.Ordinal)) && ++attempts < 5);
        return result;
    }
}
