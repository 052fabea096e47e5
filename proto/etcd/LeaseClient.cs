using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Calls etcd's Lease service: keys that end when their owner falls silent. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class LeaseClient(RpcChannel channel)
{
    /// <summary>Creates a lease.</summary>
    public UnaryCall<LeaseGrantResponse> LeaseGrantAsync(LeaseGrantRequest request, CallOptions options = default) =>
        channel.Unary(LeaseMethods.LeaseGrant, request, options);

    /// <summary>Ends a lease and deletes its keys.</summary>
    public UnaryCall<LeaseRevokeResponse> LeaseRevokeAsync(LeaseRevokeRequest request, CallOptions options = default) =>
        channel.Unary(LeaseMethods.LeaseRevoke, request, options);

    /// <summary>Opens a stream on which leases are renewed.</summary>
    public DuplexCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> LeaseKeepAlive(CallOptions options = default) =>
        channel.Duplex(LeaseMethods.LeaseKeepAlive, options);

    /// <summary>Reads a lease's remaining time and its keys.</summary>
    public UnaryCall<LeaseTimeToLiveResponse> LeaseTimeToLiveAsync(
        LeaseTimeToLiveRequest request, CallOptions options = default) =>
        channel.Unary(LeaseMethods.LeaseTimeToLive, request, options);

    /// <summary>Lists the leases.</summary>
    public UnaryCall<LeaseLeasesResponse> LeaseLeasesAsync(LeaseLeasesRequest request, CallOptions options = default) =>
        channel.Unary(LeaseMethods.LeaseLeases, request, options);
}
