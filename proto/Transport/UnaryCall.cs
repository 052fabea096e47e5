using System.Runtime.CompilerServices;
using Federation.Proto.Transport.Wire;
using Google.Protobuf;

namespace Federation.Proto.Transport;

/// <summary>
/// A call with one request and one response; await it for the response. Throws <see cref="RpcException"/> for a status
/// other than OK and <see cref="OperationCanceledException"/> when the caller's token ended the call.
/// </summary>
/// <typeparam name="TResponse">The response.</typeparam>
public sealed class UnaryCall<TResponse> : IDisposable
    where TResponse : class, IMessage<TResponse>
{
    private readonly ClientCall<TResponse> _call;

    internal UnaryCall(ClientCall<TResponse> call)
    {
        _call = call;
        ResponseAsync = call.ReadSingleAsync();
        TaskFailures.Observe(ResponseAsync);
    }

    /// <summary>The response.</summary>
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
