using Federation.Launcher.Layout;

namespace Federation.Launcher.Up;

/// <summary>What was asked for; null where the folder's plan, or the default, decides.</summary>
/// <param name="Programs">The build's output folder.</param>
/// <param name="Folder">The federation's folder.</param>
/// <param name="Store">Which store.</param>
/// <param name="Install">Whether etcd may be installed.</param>
/// <param name="Proofs">What the devnet takes for a proof.</param>
/// <param name="Sectors">How many sectors the federation shall have.</param>
/// <param name="SectorSize">Their size.</param>
/// <param name="Regions">How many regions.</param>
/// <param name="Workers">Workers per region.</param>
/// <param name="Exit">Whether to stop when all prove.</param>
/// <param name="Json">Whether the last line is the summary as JSON.</param>
internal sealed record UpOptions(
    string Programs, string Folder, StoreKind? Store, bool Install, ProofKind? Proofs, int Sectors, string? SectorSize,
    int? Regions, int? Workers, bool Exit, bool Json);
