namespace Federation.Miner.Api;

/// <summary>What <c>miner info</c> shows.</summary>
internal sealed record MinerInfo(
    string Miner, ulong SectorSize, DateTimeOffset StartTime, double UptimeSeconds, long Epoch, ulong Term,
    IReadOnlyList<string> StoreEndpoints, int Agents, int Workers, IReadOnlyDictionary<string, int> Sectors);
