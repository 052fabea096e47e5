namespace Federation.Hosting.Waits;

/// <summary>
/// Why nobody works on a phase, with the remedy: one sentence each, the same in the agent's log, the miner's log and
/// all tables.
/// </summary>
public static class WaitReason
{
    /// <summary>An agent holds the sector, and none of its workers runs the phase.</summary>
    public static string NoWorker(string phase, string region, string agent) =>
        $"no connected worker of region {region} runs {phase}; start one at agent {agent} with {Flag(phase)}";

    /// <summary>The sector is on offer in a region, and no agent there has a worker that runs the phase.</summary>
    public static string NoWorker(string phase, string region) =>
        $"no connected worker of region {region} runs {phase}; start one with {Flag(phase)}";

    /// <summary>The sector is on offer to all, and no worker runs the phase.</summary>
    public static string NoWorker(string phase) =>
        $"no connected worker of any region runs {phase}; start one with {Flag(phase)}";

    /// <summary>The sector is on offer in a region that has no agent.</summary>
    public static string NoAgent(string phase, string region) =>
        $"no agent of region {region} is registered that could have {phase} run; start one with 'miner-agent run'";

    /// <summary>The sector is on offer to all, and there is no agent.</summary>
    public static string NoAgent(string phase) =>
        $"no agent is registered that could have {phase} run; start one in a region with 'miner-agent run'";

    /// <summary>The agent that holds the sector is not there.</summary>
    public static string AgentAway(string phase, string region, string agent) =>
        $"agent {agent} of region {region}, which is to have {phase} run, is not registered any more; start it again";

    /// <summary>What of <c>worker run</c> makes a worker run the phase.</summary>
    private static string Flag(string phase) => phase switch
    {
        "AP" => "--addpiece",
        "PC1" => "--precommit1",
        "PC2" => "--precommit2",
        "C2" => "--commit",
        _ => "--role APx",
    };
}
