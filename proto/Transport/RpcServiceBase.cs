namespace Federation.Proto.Transport;

/// <summary>Base of the typed service bases: names its methods and the members that serve them.</summary>
public abstract class RpcServiceBase
{
    /// <summary>The service with its package, e.g. <c>etcdserverpb.KV</c>.</summary>
    public abstract string ServiceName { get; }

    /// <summary>Binds each method to its handler.</summary>
    protected internal abstract void Bind(RpcServiceBinder binder);

    /// <summary>What a method that is not overridden throws.</summary>
    protected static RpcException Unimplemented(string method) =>
        new(StatusCode.Unimplemented, $"{method} is not served here.");
}
