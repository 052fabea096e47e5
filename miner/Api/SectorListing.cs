namespace Federation.Miner.Api;

/// <summary>All sectors and what their epochs are to be read against.</summary>
internal sealed record SectorListing(long Epoch, double EpochSeconds, IReadOnlyList<SectorSummary> Sectors);
