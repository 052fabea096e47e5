using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Serves etcd's Cluster service; a method that is not overridden is Unimplemented.</summary>
public abstract class ClusterServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => ClusterMethods.ServiceName;

    /// <summary>Lists the members and their addresses.</summary>
    public virtual Task<MemberListResponse> MemberListAsync(MemberListRequest request, ServerCallContext context) =>
        throw Unimplemented(ClusterMethods.MemberList.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder) =>
        binder.Unary(ClusterMethods.MemberList, MemberListAsync);
}
