namespace Federation.MinerAgent.Leasing;

/// <summary>Times of the agent's lease.</summary>
public sealed record LeaseOptions
{
    /// <summary>Time to live; default 30 s.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First wait after a failure; default 200 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait after failures; default 10 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Shortest time between two writes of the agent's record; default 2 s.</summary>
    public TimeSpan DescribeInterval { get; init; } = TimeSpan.FromSeconds(2);
}
