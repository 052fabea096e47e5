namespace Federation.Miner.Api;

/// <summary>What a worker is.</summary>
internal sealed record WorkerInfo(string Hostname, bool IgnoreResources, WorkerResources Resources);
