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
            "How much of the store's history the miner keeps: a watch that was away longer lists anew.\n"
            + "From 1m0s to 168h0m0s.");
        return new MinerConfig(api, sealAgent, DevnetConfig.Read(reader), kept, AdvertisedAddresses.Read(section));
    }
}
