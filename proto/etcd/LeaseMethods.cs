using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>The methods of etcd's Lease service.</summary>
public static class LeaseMethods
{
    internal const string ServiceName = "etcdserverpb.Lease";

    /// <summary>Creates a lease.</summary>
    public static Method<LeaseGrantRequest, LeaseGrantResponse> LeaseGrant { get; } =
        new(MethodType.Unary, ServiceName, "LeaseGrant");

    /// <summary>Ends a lease and deletes its keys.</summary>
    public static Method<LeaseRevokeRequest, LeaseRevokeResponse> LeaseRevoke { get; } =
        new(MethodType.Unary, ServiceName, "LeaseRevoke");

    /// <summary>Opens a stream on which leases are renewed.</summary>
    public static Method<LeaseKeepAliveRequest, LeaseKeepAliveResponse> LeaseKeepAlive { get; } =
        new(MethodType.DuplexStreaming, ServiceName, "LeaseKeepAlive");

    /// <summary>Reads a lease's remaining time and its keys.</summary>
    public static Method<LeaseTimeToLiveRequest, LeaseTimeToLiveResponse> LeaseTimeToLive { get; } =
        new(MethodType.Unary, ServiceName, "LeaseTimeToLive");

    /// <summary>Lists the leases.</summary>
    public static Method<LeaseLeasesRequest, LeaseLeasesResponse> LeaseLeases { get; } =
        new(MethodType.Unary, ServiceName, "LeaseLeases");
}
