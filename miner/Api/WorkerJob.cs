using System.Text.Json.Serialization;

namespace Federation.Miner.Api;

/// <summary>
/// One task of WorkerJobs; the last members are this miner's own: how far it is, and why nobody can run it.
/// </summary>
internal sealed record WorkerJob(
    CallId ID, SectorId Sector, string Task, int RunWait, DateTimeOffset Start, string Hostname,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JobProgress? Progress = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Wait = null);
