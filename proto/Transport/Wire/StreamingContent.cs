using System.Net;

namespace Federation.Proto.Transport.Wire;

/// <summary>
/// The body of a call whose client streams: lends the request's stream to the call and keeps it open until the call
/// says how it ends. An end by <see cref="Abort"/> reaches the server as a reset, never as a complete body.
/// </summary>
internal sealed class StreamingContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lent;

    /// <summary>
    /// The request's stream, once the connection is there to take it; faults when the call could not start.
    /// </summary>
    public Task<Stream> Stream => _stream.Task;

    public bool IsComplete => _end.Task.IsCompletedSuccessfully;

    /// <summary>Ends the body: the server sees that no message follows.</summary>
    public void Complete() => _end.TrySetResult();

    /// <summary>Gives the body up.</summary>
    public void Abort(Exception cause)
    {
        if (_stream.TrySetException(cause))
        {
            _ = _stream.Task.Exception;
        }

        if (_end.TrySetException(cause))
        {
            _ = _end.Task.Exception;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The handler repeats a request whose stream was refused. Messages may have gone into the first one.
        if (Interlocked.Exchange(ref _lent, 1) != 0)
        {
            throw new IOException("The server refused the stream, and a stream of requests cannot be sent again.");
        }

        // Headers wait in a buffer until something is flushed, and the server may be the one to speak first.
        await stream.FlushAsync(cancellationToken);
        _stream.TrySetResult(stream);
        await _end.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
