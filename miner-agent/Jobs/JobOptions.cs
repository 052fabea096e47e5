namespace Federation.MinerAgent.Jobs;

/// <summary>Times and bounds of jobs.</summary>
public sealed record JobOptions
{
    /// <summary>Retries of a phase whose failure is temporary, before the miner is told; default 3.</summary>
    public uint TemporaryRetries { get; init; } = 3;

    /// <summary>First wait of a back-off; default 200 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait of a back-off; default 30 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Unfinished claims at most; 0 = as many as the workers have slots for the beginning of a sector (see
    /// ClaimPolicy).
    /// </summary>
    public uint MaxClaims { get; init; }

    /// <summary>
    /// Longest delay before a claim, of an agent whose claims are all taken but one; one that holds nothing claims
    /// within a tenth of it. Default 20 ms.
    /// </summary>
    public TimeSpan ClaimSpread { get; init; } = TimeSpan.FromMilliseconds(20);
}
