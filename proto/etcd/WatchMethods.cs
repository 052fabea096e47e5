using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>The methods of etcd's Watch service.</summary>
public static class WatchMethods
{
    internal const string ServiceName = "etcdserverpb.Watch";

    /// <summary>Opens a stream on which watches are created, cancelled and served.</summary>
    public static Method<WatchRequest, WatchResponse> Watch { get; } =
        new(MethodType.DuplexStreaming, ServiceName, "Watch");
}
