using Federation.Proto.Records;

namespace Federation.Discovery.Jobs;

/// <summary>What became of a claim or an adoption.</summary>
public abstract record ClaimResult
{
    private ClaimResult()
    {
    }

    /// <summary>The job is held by us.</summary>
    /// <param name="Job">The job with its epoch.</param>
    /// <param name="Report">
    /// What an earlier holder reported; its DONE phases of the same order are not run again.
    /// </param>
    public sealed record Won(Versioned<JobRecord> Job, Versioned<ReportRecord>? Report) : ClaimResult;

    /// <summary>Somebody else has it, or it is gone.</summary>
    /// <param name="Reason">One sentence for the log.</param>
    public sealed record Lost(string Reason) : ClaimResult;
}
