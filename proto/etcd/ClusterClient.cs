using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Calls etcd's Cluster service: the members. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class ClusterClient(RpcChannel channel)
{
    /// <summary>Lists the members and their addresses.</summary>
    public UnaryCall<MemberListResponse> MemberListAsync(MemberListRequest request, CallOptions options = default) =>
        channel.Unary(ClusterMethods.MemberList, request, options);
}
