using Federation.Proto.Transport.Wire;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Federation.Proto.Transport;

/// <summary>Collects a service's methods while it is mapped.</summary>
public sealed class RpcServiceBinder
{
    private readonly RpcServerEnvironment _environment;
    private readonly Action<string, RequestDelegate> _map;

    internal RpcServiceBinder(RpcServerEnvironment environment, Action<string, RequestDelegate> map)
    {
        _environment = environment;
        _map = map;
    }

    /// <summary>Binds a method with one request and one response.</summary>
    public void Unary<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Func<TRequest, ServerCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(method, MethodType.Unary, async (requests, responses, context) =>
            responses.BufferSingle(await handler(await requests.ReadSingleAsync(), context)));

    /// <summary>Binds a method whose client streams.</summary>
    public void ClientStreaming<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        Func<IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(method, MethodType.ClientStreaming, async (requests, responses, context) =>
            responses.BufferSingle(await handler(requests, context)));

    /// <summary>Binds a method whose server streams.</summary>
    public void ServerStreaming<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        Func<TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(method, MethodType.ServerStreaming, async (requests, responses, context) =>
            await handler(await requests.ReadSingleAsync(), responses, context));

    /// <summary>Binds a method with a stream in each direction.</summary>
    public void Duplex<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        Func<IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(method, MethodType.DuplexStreaming, (requests, responses, context) =>
            handler(requests, responses, context));

    private void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method, MethodType type, ServerHandler<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (method.Type != type)
        {
            throw new ArgumentException($"{method.FullName} is {method.Type} and was bound as {type}.", nameof(method));
        }

        _map(method.FullName, new ServerCall<TRequest, TResponse>(method, handler, _environment).InvokeAsync);
    }
}
