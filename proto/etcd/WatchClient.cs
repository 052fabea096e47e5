using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Calls etcd's Watch service: many watches on one stream. Thread-safe.</summary>
/// <param name="channel">The server; stays its owner's to dispose.</param>
public sealed class WatchClient(RpcChannel channel)
{
    /// <summary>Opens a stream on which watches are created, cancelled and served.</summary>
    public DuplexCall<WatchRequest, WatchResponse> Watch(CallOptions options = default) =>
        channel.Duplex(WatchMethods.Watch, options);
}
