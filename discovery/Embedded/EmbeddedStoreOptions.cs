namespace Federation.Discovery.Embedded;

/// <summary>Limits of the embedded store; the defaults are etcd's. Immutable.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>Greatest request, in bytes.</summary>
    public int MaxRequestBytes { get; init; } = 1024 * 1024 * 3 / 2;

    /// <summary>Most operations, or conditions, of a transaction.</summary>
    public int MaxTxnOps { get; init; } = 128;

    /// <summary>Shortest lease; a shorter one that is asked for becomes this long. Whole seconds.</summary>
    public TimeSpan MinLeaseTimeToLive { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Length of the log at which a snapshot is made, in bytes, or that of the last snapshot when greater.
    /// </summary>
    public long SnapshotLogBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How often leases are looked through for those that have ended.</summary>
    public TimeSpan LeaseCheckInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Quiet time after which a watch that asked for it is told the present revision.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
