using Federation.Proto.Records;

namespace Federation.Discovery.Jobs;

/// <summary>What became of a report or a release.</summary>
public abstract record ReportResult
{
    private ReportResult()
    {
    }

    /// <summary>The report is the accepted one.</summary>
    public sealed record Accepted(Versioned<ReportRecord> Report) : ReportResult;

    /// <summary>
    /// The lease is lost, or was lost before the store answered: nothing may be published under it. What was written
    /// shows after the job has been adopted on a new lease.
    /// </summary>
    public sealed record LeaseLost : ReportResult;

    /// <summary>
    /// Refused: the job, its claim or its report is not what the caller thought. What it is now comes along; a caller
    /// that still holds the claim judges anew, one that does not drops its attempt.
    /// </summary>
    /// <param name="Job">The job now; null when it is gone.</param>
    /// <param name="Claim">Its claim now; null when nobody holds it.</param>
    /// <param name="Report">Its report now.</param>
    public sealed record Stale(
        Versioned<JobRecord>? Job, Versioned<ClaimRecord>? Claim, Versioned<ReportRecord>? Report) : ReportResult;
}
