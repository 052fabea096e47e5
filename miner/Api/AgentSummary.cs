namespace Federation.Miner.Api;

/// <summary>A registered agent.</summary>
internal sealed record AgentSummary(
    string Name, string Region, uint Workers, IReadOnlyDictionary<string, uint> Slots, uint MaxClaims, bool Draining,
    bool Attached, string Software, string Address);
