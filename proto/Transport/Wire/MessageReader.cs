using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>Reads messages of one type from a stream. One reader at a time.</summary>
internal sealed class MessageReader<T>
    where T : class, IMessage<T>
{
    private readonly Stream _stream;
    private readonly FrameDecoder _decoder;
    private readonly MessageParser<T> _parser;

    public MessageReader(Stream stream, FrameDecoder decoder, MessageParser<T> parser)
    {
        _stream = stream;
        _decoder = decoder;
        _parser = parser;
    }

    /// <summary>
    /// The next message, or null at the end of the stream. Throws <see cref="RpcException"/> for bytes that are no
    /// message and what the stream throws.
    /// </summary>
    public async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        T? message;
        while (!TryParse(out message))
        {
            var count = await _stream.ReadAsync(_decoder.GetBuffer(), cancellationToken);
            if (count == 0)
            {
                return null;
            }

            _decoder.Advance(count);
        }

        return message;
    }

    /// <summary>Throws <see cref="RpcException"/> when the stream ended inside a message.</summary>
    public void Complete() => _decoder.Complete();

    private bool TryParse(out T? message)
    {
        message = null;
        if (!_decoder.TryRead(out var bytes))
        {
            return false;
        }

        try
        {
            message = _parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(StatusCode.Internal, $"A message is no valid {typeof(T).Name}: {e.Message}", e);
        }
    }
}
