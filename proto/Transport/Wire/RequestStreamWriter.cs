using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>The client's writing side of a stream.</summary>
internal sealed class RequestStreamWriter<TRequest, TResponse> : IClientStreamWriter<TRequest>
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly ClientCall<TResponse> _call;
    private readonly StreamingContent _content;
    private readonly int? _maxMessageBytes;
    private readonly WriteTurn _turn = new();

    public RequestStreamWriter(ClientCall<TResponse> call, StreamingContent content, int? maxMessageBytes)
    {
        _call = call;
        _content = content;
        _maxMessageBytes = maxMessageBytes;
    }

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken = default)
    {
        var frame = Frame.Encode(message, _maxMessageBytes);
        await _turn.TakeAsync(cancellationToken);
        try
        {
            ThrowIfOver();
            using var registration = _call.Lifetime.EndWith(cancellationToken);
            await SendAsync(frame);
        }
        finally
        {
            _turn.Return();
        }
    }

    public async Task CompleteAsync()
    {
        await _turn.TakeAsync(CancellationToken.None);
        _content.Complete();
        _turn.Return();
    }

    private async Task SendAsync(byte[] frame)
    {
        try
        {
            var stream = await _content.Stream;
            await stream.WriteAsync(frame, _call.Lifetime.Token);
            await stream.FlushAsync(_call.Lifetime.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException)
        {
            throw Failure(e);
        }
    }

    private void ThrowIfOver()
    {
        if (_content.IsComplete)
        {
            throw new InvalidOperationException(
                "The stream of requests was completed: nothing may be written after that.");
        }

        if (_call.Lifetime.Outcome is { } outcome)
        {
            throw outcome.IsOK ? Closed(null) : outcome.ToException();
        }
    }

    /// <summary>
    /// A write that fails does not decide the outcome unless this side ended the call: the server may have answered
    /// early, and its status is for the reader to find.
    /// </summary>
    private Exception Failure(Exception e)
    {
        if (_call.Lifetime.Outcome is { IsOK: false } outcome)
        {
            return outcome.ToException();
        }

        return _call.Lifetime.IsEndedHere ? _call.Fail(e) : Closed(e);
    }

    private static RpcException Closed(Exception? e) =>
        new(StatusCode.Unavailable, "The server takes no more requests of this call; its answer says why.", e);
}
