namespace Federation.Miner.Api;

/// <summary>
/// One sector of a list; phase and host are those of the phase that runs, by its agent's report. Wait is why nobody
/// works on it, "" where somebody does or nobody has to.
/// </summary>
internal sealed record SectorSummary(
    ulong Number, string State, bool OnChain, bool Active, long? Expiration, uint Events, double? SealSeconds,
    string Region, string Agent, bool NeedsOperator, string LastErr, string Phase, string Hostname,
    string Wait = "");
