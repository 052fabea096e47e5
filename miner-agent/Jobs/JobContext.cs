using Federation.Discovery.Jobs;
using Federation.MinerAgent.Scheduling;
using Federation.MinerAgent.Workers;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Jobs;

/// <summary>What every job of this agent works with.</summary>
public sealed record JobContext
{
    /// <summary>The job board.</summary>
    public required JobBoard Board { get; init; }

    /// <summary>Who we are.</summary>
    public required AgentIdentity Me { get; init; }

    /// <summary>Our lease.</summary>
    public required ILeaseSource Leases { get; init; }

    /// <summary>Gives phases to workers.</summary>
    public required SealScheduler Scheduler { get; init; }

    /// <summary>Our workers.</summary>
    public required WorkerPool Pool { get; init; }

    /// <summary>The region's files.</summary>
    public required IRegionFiles Files { get; init; }

    /// <summary>Results not accepted yet.</summary>
    public required IOutbox Outbox { get; init; }

    /// <summary>The way of a proof to the miner.</summary>
    public required IProofUploader Uploader { get; init; }

    /// <summary>Times and bounds.</summary>
    public required JobOptions Options { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Source of jitter.</summary>
    public required Random Random { get; init; }

    /// <summary>The log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>A back-off for retries against store, storage or miner.</summary>
    public RetryDelay NewDelay() => new(Options.FirstRetry, Options.LongestRetry, Time, Random);
}
