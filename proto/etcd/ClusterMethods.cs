using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>The methods of etcd's Cluster service.</summary>
public static class ClusterMethods
{
    internal const string ServiceName = "etcdserverpb.Cluster";

    /// <summary>Lists the members and their addresses.</summary>
    public static Method<MemberListRequest, MemberListResponse> MemberList { get; } =
        new(MethodType.Unary, ServiceName, "MemberList");
}
