using Federation.Hosting.Net;

namespace Federation.Hosting.Config;

/// <summary>What miner and agents share of section <c>[SealAgent]</c>.</summary>
/// <param name="EtcdAddrs">The store's endpoints; none for the embedded store.</param>
/// <param name="StoreListen">Where the embedded store listens.</param>
/// <param name="Ports">The three ports that this process serves.</param>
/// <param name="Security">How connections are protected.</param>
/// <param name="LeaseTtl">How long this process's lease in the store lives without a word from it.</param>
/// <param name="Grace">How long the jobs of an agent that lost its lease wait for it.</param>
public sealed record SealAgentConfig(
    IReadOnlyList<HostPort> EtcdAddrs,
    HostPort StoreListen,
    ServePorts Ports,
    TransportSecurity Security,
    TimeSpan LeaseTtl,
    TimeSpan Grace)
{
    /// <summary>The section's name.</summary>
    public const string SectionName = "SealAgent";

    private static readonly HostPort DefaultStore = new("127.0.0.1", 2379);

    /// <summary>Reads the section and judges its listeners.</summary>
    public static SealAgentConfig Read(ConfigReader reader, int defaultServePort)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var section = reader.Section(SectionName);
        var config = new SealAgentConfig(
            section.Read(nameof(EtcdAddrs), ConfigTypes.Endpoints, [],
                "The store's endpoints, \"host:port\" each. Empty: the miner runs the embedded store on StoreListen."),
            section.Read(nameof(StoreListen), ConfigTypes.Endpoint, DefaultStore,
                "Where the miner's embedded store listens, when EtcdAddrs is empty."),
            ServePorts.Read(section, defaultServePort),
            TransportSecurity.Read(section),
            section.Read(
                "LeaseTTL",
                ConfigTypes.Duration(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10)),
                TimeSpan.FromSeconds(30),
                "How long this process's lease in the store lives without a word from it. From 2s to 10m0s."),
            section.Read(
                nameof(Grace),
                ConfigTypes.Duration(TimeSpan.Zero, TimeSpan.FromHours(24)),
                TimeSpan.FromMinutes(2),
                "How long the jobs of an agent whose lease ended wait for it to come back, before other agents of\n"
                + "its region are offered them. From 0s to 24h0m0s."));
        config.CheckListeners(section);
        return config;
    }

    private void CheckListeners(ConfigSection section)
    {
        ListenPolicy.Check(section, "ServeIP", new HostPort(Ports.Address.ToString(), Ports.Port), Security);
        if (EtcdAddrs.Count == 0)
        {
            ListenPolicy.Check(section, nameof(StoreListen), StoreListen, Security);
        }
    }
}
