namespace Federation.MinerAgent.Workers;

/// <summary>Times that bound how long an unreachable worker is waited for.</summary>
public sealed record PoolOptions
{
    /// <summary>
    /// How long a run is kept for a worker whose connection is down; default 30 s. A worker that is back without the
    /// task loses it at once, so this bounds only workers that do not come back.
    /// </summary>
    public TimeSpan WorkerGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for PC1, which costs hours; default 3 min.</summary>
    public TimeSpan PreCommit1Grace { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Grace of a phase.</summary>
    public TimeSpan GraceOf(string phase) => phase == Scheduling.TaskCode.PreCommit1 ? PreCommit1Grace : WorkerGrace;
}
