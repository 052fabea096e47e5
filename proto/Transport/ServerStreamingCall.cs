using Federation.Proto.Transport.Wire;
using Google.Protobuf;

namespace Federation.Proto.Transport;

/// <summary>A call with one request and a stream of responses. Dispose it to end it early.</summary>
/// <typeparam name="TResponse">The message of the stream.</typeparam>
public sealed class ServerStreamingCall<TResponse> : IDisposable
    where TResponse : class, IMessage<TResponse>
{
    private readonly ClientCall<TResponse> _call;

    internal ServerStreamingCall(ClientCall<TResponse> call) => _call = call;

    /// <summary>The responses.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream => _call;

    /// <summary>The metadata before the responses.</summary>
    public Task<Metadata> ResponseHeadersAsync => _call.ReadHeadersAsync();

    /// <summary>How the call ended. Throws <see cref="InvalidOperationException"/> while it runs.</summary>
    public Status GetStatus() => _call.Ended.Status;

    /// <summary>The metadata at the end. Throws <see cref="InvalidOperationException"/> while the call runs.</summary>
    public Metadata GetTrailers() => _call.Ended.Trailers;

    /// <summary>Ends the call if it runs.</summary>
    public void Dispose() => _call.Dispose();
}
