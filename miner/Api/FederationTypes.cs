namespace Federation.Miner.Api;

/// <summary>One sector of a list; phase and host are those of the phase that runs, by its agent's report.</summary>
internal sealed record SectorSummary(
    ulong Number, string State, bool OnChain, bool Active, long? Expiration, uint Events, double? SealSeconds,
        string Region,
    string Agent, bool NeedsOperator, string LastErr, string Phase, string Hostname);

/// <summary>All sectors and what their epochs are to be read against.</summary>
internal sealed record SectorListing(long Epoch, double EpochSeconds, IReadOnlyList<SectorSummary> Sectors);

/// <summary>A registered agent.</summary>
internal sealed record AgentSummary(
    string Name, string Region, uint Workers, IReadOnlyDictionary<string, uint> Slots, uint MaxClaims, bool Draining,
        bool Attached,
    string Software, string Address);

/// <summary>What <c>miner info</c> shows.</summary>
internal sealed record MinerInfo(
    string Miner, ulong SectorSize, DateTimeOffset StartTime, double UptimeSeconds, long Epoch, ulong Term,
    IReadOnlyList<string> StoreEndpoints, int Agents, int Workers, IReadOnlyDictionary<string, int> Sectors);

/// <summary>A key of the store with its value.</summary>
internal sealed record StoreItem(string Key, string Value);
