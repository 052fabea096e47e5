using Federation.Discovery;
using Federation.Hosting.Config;

namespace Federation.MinerAgent.Config;

/// <summary>What an agent's <c>config.toml</c> says. Immutable.</summary>
/// <param name="SealAgent">What miner and agents share: store, ports, TLS, lease.</param>
/// <param name="Name">The agent's name, unique among its miner's agents.</param>
/// <param name="Region">The region: the agents and workers that share one storage.</param>
/// <param name="Miner">The miner's address.</param>
/// <param name="MaxClaims">Unfinished claims at most; 0 = as the workers' slots say.</param>
/// <param name="WorkerGrace">How long an unreachable worker is waited for.</param>
/// <param name="PreCommit1Grace">The same while it runs PC1.</param>
/// <param name="PreCommit1LaneWait">How long a worker's lanes wait for more sectors.</param>
/// <param name="StartTimeout">How long a start waits for the store and for the miner.</param>
public sealed record AgentConfig(
    SealAgentConfig SealAgent, string Name, string Region, string Miner, uint MaxClaims, TimeSpan WorkerGrace,
    TimeSpan PreCommit1Grace,
    TimeSpan PreCommit1LaneWait, TimeSpan StartTimeout)
{
    /// <summary>The ports that an agent serves unless told otherwise.</summary>
    public const int DefaultServePort = 3456;

    /// <summary>The name and region of an agent that has none.</summary>
    public const string DefaultName = "agent", DefaultRegion = "default", DefaultMiner = "t01000";

    private static ConfigType<string> MinerType { get; } = ConfigTypes.Parsed<string>(
        "string", "a miner's id address such as \"t01000\"",
        text => FederationKeys.IsMinerAddress(text) ? (text, null) : (null, ""), text => text);

    /// <summary>Binds the configuration.</summary>
    public static AgentConfig Read(ConfigReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var common = SealAgentConfig.Read(reader, DefaultServePort);
        var section = reader.Section(SealAgentConfig.SectionName);
        reader.LeaveSection("API", "the miner");
        return new AgentConfig(
            common,
            section.Read(nameof(Name), ConfigTypes.Name, DefaultName,
                "This agent's name, unique among the agents of its miner."),
            section.Read(nameof(Region), ConfigTypes.Name, DefaultRegion,
                "The region: all agents and workers that share one storage. A sector's files stay in theirs."),
            section.Read(nameof(Miner), MinerType, DefaultMiner, "The miner that this agent seals for."),
            (uint)section.Read(nameof(MaxClaims), ConfigTypes.WholeNumber(0, 100_000), 0,
                "Sectors that this agent holds at most, from claim to proof.\n"
                + "0: as many as its workers have PC1 slots. "
                + "More keeps workers busy while sectors wait for their seeds. From 0 to 100000."),
            Time(section, nameof(WorkerGrace), TimeSpan.FromSeconds(30),
                "How long a running phase is kept for a worker that is not reached, before another worker starts it "
                + "anew."),
            Time(section, nameof(PreCommit1Grace), TimeSpan.FromMinutes(3), "The same for PC1."),
            Time(section, nameof(PreCommit1LaneWait), TimeSpan.FromMinutes(2),
                "How long PC1 waits for more sectors to go with in lockstep, where only workers with lanes\n"
                + "(worker run --pc1-lanes) are free. Lanes that are full start at once."),
            Time(section, nameof(StartTimeout), TimeSpan.FromSeconds(30),
                "How long a start waits for the store, and then for the miner, before it gives up."));
    }

    private static TimeSpan Time(ConfigSection section, string key, TimeSpan standard, string description) =>
        section.Read(
            key, ConfigTypes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)), standard,
            description + " From 1s to 24h0m0s.");
}
