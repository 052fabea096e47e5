namespace Federation.Miner.Api;

/// <summary>A sector's id.</summary>
internal sealed record SectorId(ulong Miner, ulong Number);
