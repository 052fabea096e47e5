using Federation.Proto.Transport;

namespace Federation.Proto.Etcd;

/// <summary>Serves etcd's Watch service; a method that is not overridden is Unimplemented.</summary>
public abstract class WatchServiceBase : RpcServiceBase
{
    /// <inheritdoc/>
    public override string ServiceName => WatchMethods.ServiceName;

    /// <summary>Opens a stream on which watches are created, cancelled and served.</summary>
    public virtual Task WatchAsync(
        IAsyncStreamReader<WatchRequest> requests,
        IServerStreamWriter<WatchResponse> responses,
        ServerCallContext context) =>
        throw Unimplemented(WatchMethods.Watch.FullName);

    /// <inheritdoc/>
    protected internal override void Bind(RpcServiceBinder binder) =>
        binder.Duplex(WatchMethods.Watch, WatchAsync);
}
