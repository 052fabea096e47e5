namespace Federation.Miner.Api;

/// <summary>Id of a task of a worker.</summary>
internal sealed record CallId(SectorId Sector, string ID);
