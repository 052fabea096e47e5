using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>The server's reading side: requests of one call. One reader at a time.</summary>
internal sealed class ServerStreamReader<T> : IAsyncStreamReader<T>
    where T : class, IMessage<T>
{
    private readonly MessageReader<T> _reader;
    private readonly CancellationToken _callEnd;
    private T? _current;
    private bool _ended;

    public ServerStreamReader(Stream body, FrameDecoder decoder, MessageParser<T> parser, CancellationToken callEnd)
    {
        _reader = new MessageReader<T>(body, decoder, parser);
        _callEnd = callEnd;
    }

    public T Current => _current
        ?? throw new InvalidOperationException("There is no message: MoveNext was not called or returned false.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken = default)
    {
        _current = _ended ? null : await ReadAsync(cancellationToken);
        if (_current is null && !_ended)
        {
            _reader.Complete();
            _ended = true;
        }

        return _current is not null;
    }

    /// <summary>The one request of a call whose client does not stream.</summary>
    public async Task<T> ReadSingleAsync()
    {
        if (!await MoveNext())
        {
            throw new RpcException(StatusCode.Internal, "The request holds no message.");
        }

        var request = Current;
        return await MoveNext()
            ? throw new RpcException(StatusCode.Internal, "The request holds more than one message.")
            : request;
    }

    private async Task<T?> ReadAsync(CancellationToken cancellationToken)
    {
        using var linked = cancellationToken.CanBeCanceled && cancellationToken != _callEnd
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _callEnd)
            : null;
        try
        {
            return await _reader.ReadAsync(linked?.Token ?? _callEnd);
        }
        catch (IOException e)
        {
            throw new ClientGoneException(e);
        }
    }
}
