using System.Text.Json.Serialization;

namespace Federation.Miner.Api;

/// <summary>One task of WorkerJobs; the last member is this miner's own.</summary>
internal sealed record WorkerJob(
    CallId ID, SectorId Sector, string Task, int RunWait, DateTimeOffset Start, string Hostname,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JobProgress? Progress = null);
