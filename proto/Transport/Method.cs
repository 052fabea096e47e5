using Google.Protobuf;

namespace Federation.Proto.Transport;

/// <summary>A method of a service: what a typed client and a typed service base agree on.</summary>
/// <typeparam name="TRequest">Message that the client sends.</typeparam>
/// <typeparam name="TResponse">Message that the server sends.</typeparam>
public sealed class Method<TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <summary>Names a method, e.g. service <c>etcdserverpb.KV</c>, name <c>Range</c>.</summary>
    public Method(MethodType type, string serviceName, string name)
    {
        Type = type;
        ServiceName = serviceName;
        Name = name;
        FullName = $"/{serviceName}/{name}";
    }

    /// <summary>Which sides stream.</summary>
    public MethodType Type { get; }

    /// <summary>The service with its package.</summary>
    public string ServiceName { get; }

    /// <summary>The method's own name.</summary>
    public string Name { get; }

    /// <summary>The path of the request: <c>/package.Service/Method</c>.</summary>
    public string FullName { get; }

    internal static MessageParser<TRequest> RequestParser { get; } = new(() => new TRequest());

    internal static MessageParser<TResponse> ResponseParser { get; } = new(() => new TResponse());
}
