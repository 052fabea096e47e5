using System.Globalization;

namespace Federation.Launcher.Layout;

/// <summary>
/// Where a small federation keeps its things: one folder per process, as each would have on its own machine.
/// </summary>
/// <param name="Root">The folder, absolute.</param>
internal sealed record FederationFolder(string Root)
{
    /// <summary>What was chosen when the federation was made.</summary>
    public string PlanFile => Path.Combine(Root, "federation.json");

    /// <summary>Held while a launcher runs it.</summary>
    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>The processes that run, so that a later launcher can stop what a killed one left.</summary>
    public string ChildrenFile => Path.Combine(Root, "children.json");

    /// <summary>Bytes counted so far, over all incarnations of the agents.</summary>
    public string WanFile => Path.Combine(Root, "wan.json");

    /// <summary>The processes' logs.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>etcd's data.</summary>
    public string Etcd => Path.Combine(Root, "etcd");

    /// <summary>The miner's repository (LOTUS_STORAGE_PATH).</summary>
    public string Miner => Path.Combine(Root, "miner");

    /// <summary>A region's agent's repository (LOTUS_AGENT_PATH).</summary>
    public string Agent(string region) => Path.Combine(Root, region, "agent");

    /// <summary>The storage that a region's agent and workers share.</summary>
    public string Storage(string region) => Path.Combine(Root, region, "storage");

    /// <summary>A worker's repository (WORKER_PATH), counted from 1.</summary>
    public string Worker(string region, int number) =>
        Path.Combine(Root, region, string.Create(CultureInfo.InvariantCulture, $"worker-{number}"));

    /// <summary>The agent token that the miner wrote for a region.</summary>
    public string AgentToken(string region) => Path.Combine(Root, region, "miner-token");

    /// <summary>The log of one process.</summary>
    public string Log(string process) => Path.Combine(Logs, process + ".log");
}
