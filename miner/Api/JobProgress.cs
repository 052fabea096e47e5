namespace Federation.Miner.Api;

/// <summary>How far a task is; the time that remains is null while it is not known.</summary>
internal sealed record JobProgress(string Stage, double Percent, double PercentPerSecond, double? RemainingSeconds);
