using Federation.Chain;
using Federation.Chain.Devnet;
using Federation.Chain.Messages;
using Federation.Hosting.Config;

namespace Federation.Miner.Config;

/// <summary>
/// Section [Devnet]: the embedded chain. A devnet that exists keeps what it was made with. Immutable.
/// </summary>
/// <param name="EpochDuration">Time between epochs.</param>
/// <param name="SeedDelay">Epochs from a pre-commit to its seed.</param>
/// <param name="Proofs">What it takes as proofs; null = a new one Groth16's, one that exists what it does.</param>
internal sealed record DevnetConfig(TimeSpan EpochDuration, long SeedDelay, ProofKind? Proofs)
{
    /// <summary>The section's name.</summary>
    public const string SectionName = "Devnet";

    /// <summary>Reads the section.</summary>
    public static DevnetConfig Read(ConfigReader reader)
    {
        var section = reader.Section(SectionName);
        return new DevnetConfig(
            section.Read(
                nameof(EpochDuration), ConfigTypes.Duration(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
                TimeSpan.FromSeconds(1),
                "Time between two epochs of the embedded devnet. From 100ms to 10m0s.\n"
                + "Fixed at the devnet's first start."),
            section.Read(
                nameof(SeedDelay), ConfigTypes.WholeNumber(1, 100_000), 10L,
                "Epochs from a pre-commit to the seed of its challenges. Fixed at the devnet's first start."),
            ProofKindText.TryParse(
                section.Read(
                    nameof(Proofs), ConfigTypes.Choice("", ProofKindText.Groth16, ProofKindText.Vanilla), "",
                    "What the devnet takes as proofs: groth16, which C2 makes with parameter files, or vanilla, C1's\n"
                    + "output as it is. Fixed at the devnet's first start. Empty: groth16 for a new devnet."),
                out var kind) ? kind : null);
    }

    /// <summary>The devnet's constants.</summary>
    public DevnetOptions ToOptions(ulong miner) => new()
    {
        Miner = miner, EpochDuration = EpochDuration, SeedDelay = SeedDelay, Proofs = Proofs ?? ProofKind.Groth16,
    };
}
