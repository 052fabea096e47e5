using System.Runtime.CompilerServices;
using Federation.Proto.Transport.Wire;
using Google.Protobuf;

namespace Federation.Proto.Transport;

/// <summary>
/// A call with a stream of requests and one response: write, complete, await. A call that ends before
/// <see cref="IClientStreamWriter{T}.CompleteAsync"/> never looks complete to the server.
/// </summary>
/// <typeparam name="TRequest">The message of the stream.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public sealed class ClientStreamingCall<TRequest, TResponse> : IDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly ClientCall<TResponse> _call;

    internal ClientStreamingCall(ClientCall<TResponse> call, StreamingContent content, int? maxMessageBytes)
    {
        _call = call;
        RequestStream = new RequestStreamWriter<TRequest, TResponse>(call, content, maxMessageBytes);
        ResponseAsync = call.ReadSingleAsync();
        TaskFailures.Observe(ResponseAsync);
    }

    /// <summary>The requests.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The response, which a server may give before it has all requests.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The metadata before the response.</summary>
    public Task<Metadata> ResponseHeadersAsync => _call.ReadHeadersAsync();

    /// <summary>Makes the call awaitable.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>How the call ended. Throws <see cref="InvalidOperationException"/> while it runs.</summary>
    public Status GetStatus() => _call.Ended.Status;

    /// <summary>
    /// The metadata after the response. Throws <see cref="InvalidOperationException"/> while the call runs.
    /// </summary>
    public Metadata GetTrailers() => _call.Ended.Trailers;

    /// <summary>Ends the call if it runs.</summary>
    public void Dispose() => _call.Dispose();
}
