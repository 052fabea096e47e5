using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Serves etcd's Lease service; a method that is not overridden is Unimplemented.</summary>
public abstract class LeaseServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => LeaseMethods.ServiceName;

    /// <summary>Creates a lease.</summary>
    public virtual Task<LeaseGrantResponse> LeaseGrantAsync(LeaseGrantRequest request, ServerCallContext context) =>
        throw Unimplemented(LeaseMethods.LeaseGrant.FullName);

    /// <summary>Ends a lease and deletes its keys.</summary>
    public virtual Task<LeaseRevokeResponse> LeaseRevokeAsync(LeaseRevokeRequest request, ServerCallContext context) =>
        throw Unimplemented(LeaseMethods.LeaseRevoke.FullName);

    /// <summary>Opens a stream on which leases are renewed.</summary>
    public virtual Task LeaseKeepAliveAsync(
        IAsyncStreamReader<LeaseKeepAliveRequest> requests,
        IServerStreamWriter<LeaseKeepAliveResponse> responses,
        ServerCallContext context) =>
        throw Unimplemented(LeaseMethods.LeaseKeepAlive.FullName);

    /// <summary>Reads a lease's remaining time and its keys.</summary>
    public virtual Task<LeaseTimeToLiveResponse> LeaseTimeToLiveAsync(
        LeaseTimeToLiveRequest request, ServerCallContext context) =>
        throw Unimplemented(LeaseMethods.LeaseTimeToLive.FullName);

    /// <summary>Lists the leases.</summary>
    public virtual Task<LeaseLeasesResponse> LeaseLeasesAsync(LeaseLeasesRequest request, ServerCallContext context) =>
        throw Unimplemented(LeaseMethods.LeaseLeases.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder)
    {
        binder.Unary(LeaseMethods.LeaseGrant, LeaseGrantAsync);
        binder.Unary(LeaseMethods.LeaseRevoke, LeaseRevokeAsync);
        binder.Duplex(LeaseMethods.LeaseKeepAlive, LeaseKeepAliveAsync);
        binder.Unary(LeaseMethods.LeaseTimeToLive, LeaseTimeToLiveAsync);
        binder.Unary(LeaseMethods.LeaseLeases, LeaseLeasesAsync);
    }
}
