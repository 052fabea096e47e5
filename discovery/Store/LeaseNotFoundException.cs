namespace Federation.Discovery.Store;

/// <summary>A write names a lease that the store does not have (any more); nothing was applied.</summary>
public sealed class LeaseNotFoundException(long leaseId)
    : InvalidOperationException($"Lease {leaseId:x} is not known to the store: it has ended or was revoked.")
{
    /// <summary>The lease.</summary>
    public long LeaseId { get; } = leaseId;
}
