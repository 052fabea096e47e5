using Federation.Chain.Devnet;
using Federation.Hosting.Config;

namespace Federation.Miner.Config;

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
                "Time between two epochs of the embedded devnet. From 100ms to 10m0s.\n"
                + "Fixed at the devnet's first start."),
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
