using Federation.Chain.Devnet;
using Federation.Hosting.Config;

namespace Federation.Miner.Config;

/// <summary>The miner's <c>config.toml</c>. Immutable.</summary>
/// <param name="Api">Section [API].</param>
/// <param name="SealAgent">Section [SealAgent].</param>
/// <param name="Devnet">Section [Devnet].</param>
/// <param name="HistoryKept">How much of the store's history is kept before it is compacted.</param>
/// <param name="Advertise">What agents dial for gRPC and bulk; null = as served.</param>
internal sealed record MinerConfig(
    ApiConfig Api, SealAgentConfig SealAgent, DevnetConfig Devnet, TimeSpan HistoryKept, AdvertisedAddresses? Advertise)
{
    /// <summary>P, unless the file sets another.</summary>
    public const int DefaultServePort = 2346;

    private const string DefaultListenAddress = "/ip4/127.0.0.1/tcp/2345/http";

    /// <summary>Reads all sections.</summary>
    public static MinerConfig Read(ConfigReader reader)
    {
        var sealAgent = SealAgentConfig.Read(reader, DefaultServePort);
        var api = ApiConfig.Read(reader, sealAgent.Security, DefaultListenAddress);
        var section = reader.Section(SealAgentConfig.SectionName);
        var kept = section.Read(
            nameof(HistoryKept), ConfigTypes.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)),
                TimeSpan.FromHours(1),
            "How much of the store's history the miner keeps: a watch that was away longer lists anew. From 1m0s to 168h0m0s.");
        return new MinerConfig(api, sealAgent, DevnetConfig.Read(reader), kept, AdvertisedAddresses.Read(section));
    }
}

/// <summary>
/// Section [Devnet]: the embedded chain. A devnet that exists keeps what it was made with. Immutable.
/// </summary>
/// <param name="EpochDuration">Time between epochs.</param>
/// <param name="SeedDelay">Epochs from a pre-commit to its seed.</param>
internal sealed record DevnetConfig(TimeSpan EpochDuration, long SeedDelay)
{
    /// <summary>Reads the section.</summary>
    public static DevnetConfig Read(ConfigReader reader)
    {
        var section = reader.Section("Devnet");
        return new DevnetConfig(
            section.Read(
                nameof(EpochDuration), ConfigTypes.Duration(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
                    TimeSpan.FromSeconds(1),
                "Time between two epochs of the embedded devnet. From 100ms to 10m0s. Fixed at the devnet's first start."),
            section.Read(
                nameof(SeedDelay), ConfigTypes.WholeNumber(1, 100_000), 10L,
                "Epochs from a pre-commit to the seed of its challenges. Fixed at the devnet's first start."));
    }

    /// <summary>The devnet's constants.</summary>
    public DevnetOptions ToOptions(ulong miner) => new()
    {
        Miner = miner, EpochDuration = EpochDuration, SeedDelay = SeedDelay,
    };
}
