namespace Federation.Miner.Api;

/// <summary>One task of WorkerJobs.</summary>
internal sealed record WorkerJob(
    CallId ID, SectorId Sector, string Task, int RunWait, DateTimeOffset Start, string Hostname);
