using Federation.Proto.Transport.Wire;
using Google.Protobuf;

namespace Federation.Proto.Transport;

/// <summary>
/// A call with a stream in each direction, independent of each other. The status comes to who reads: read
/// <see cref="ResponseStream"/> to its end. Dispose the call to end it early.
/// </summary>
/// <typeparam name="TRequest">The message to the server.</typeparam>
/// <typeparam name="TResponse">The message from the server.</typeparam>
public sealed class DuplexCall<TRequest, TResponse> : IDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly ClientCall<TResponse> _call;

    internal DuplexCall(ClientCall<TResponse> call, StreamingContent content, int? maxMessageBytes)
    {
        _call = call;
        RequestStream = new RequestStreamWriter<TRequest, TResponse>(call, content, maxMessageBytes);
    }

    /// <summary>The messages to the server.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The messages from the server.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream => _call;

    /// <summary>The metadata before the responses; a server may send it only with its first message.</summary>
    public Task<Metadata> ResponseHeadersAsync => _call.ReadHeadersAsync();

    /// <summary>How the call ended. Throws <see cref="InvalidOperationException"/> while it runs.</summary>
    public Status GetStatus() => _call.Ended.Status;

    /// <summary>The metadata at the end. Throws <see cref="InvalidOperationException"/> while the call runs.</summary>
    public Metadata GetTrailers() => _call.Ended.Trailers;

    /// <summary>Ends the call if it runs.</summary>
    public void Dispose() => _call.Dispose();
}
