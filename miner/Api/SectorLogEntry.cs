namespace Federation.Miner.Api;

/// <summary>One entry of a sector's log.</summary>
internal sealed record SectorLogEntry(string Kind, long Timestamp, string Trace, string Message);
