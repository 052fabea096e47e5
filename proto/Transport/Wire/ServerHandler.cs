using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>A service's method in the one shape that all four kinds are brought to.</summary>
internal delegate Task ServerHandler<TRequest, TResponse>(
    ServerStreamReader<TRequest> requests, ServerStreamWriter<TResponse> responses, ServerCallContext context)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>;
