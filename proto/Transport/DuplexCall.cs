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

    /// <summary>
    /// Sends a first request and waits for the first answer; false when the server ended the call without one. A server
    /// that ends it at once may stop the request on its way: why is what its answer says, so that is read all the same.
    /// </summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public async Task<bool> AskAsync(TRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await RequestStream.WriteAsync(request, cancellationToken);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            // The reader finds the status of the call, and it is over or about to be.
            return await ResponseStream.MoveNext(cancellationToken);
        }

        return await ResponseStream.MoveNext(cancellationToken);
    }

    /// <summary>Ends the call if it runs.</summary>
    public void Dispose() => _call.Dispose();
}
