using System.IO.Pipelines;
using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>The server's writing side: responses of one call, until the handler has returned.</summary>
internal sealed class ServerStreamWriter<T> : IServerStreamWriter<T>
    where T : class, IMessage<T>
{
    private readonly PipeWriter _body;
    private readonly int? _maxMessageBytes;
    private readonly CancellationToken _callEnd;
    private readonly WriteTurn _turn = new();
    private bool _completed;

    public ServerStreamWriter(PipeWriter body, int? maxMessageBytes, CancellationToken callEnd)
    {
        _body = body;
        _maxMessageBytes = maxMessageBytes;
        _callEnd = callEnd;
    }

    /// <summary>Whether a message is in the body, sent or not.</summary>
    public bool HasMessages { get; private set; }

    public async Task WriteAsync(T message, CancellationToken cancellationToken = default)
    {
        var size = Frame.CheckedSize(message, _maxMessageBytes);
        await _turn.TakeAsync(cancellationToken);
        try
        {
            ThrowIfOver();
            Buffer(message, size);
            await FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Return();
        }
    }

    /// <summary>
    /// Puts the one response of a call into the body without sending it yet: the status goes with it.
    /// </summary>
    public void BufferSingle(T message) => Buffer(message, Frame.CheckedSize(message, _maxMessageBytes));

    /// <summary>Waits for a write under way and refuses all later ones.</summary>
    public async Task CompleteAsync()
    {
        await _turn.TakeAsync(CancellationToken.None);
        _completed = true;
        _turn.Return();
    }

    private void ThrowIfOver()
    {
        _callEnd.ThrowIfCancellationRequested();
        if (_completed)
        {
            throw new InvalidOperationException("The call takes no more: its handler returned, or gave a write up.");
        }
    }

    private void Buffer(T message, int size)
    {
        HasMessages = true;
        Frame.WriteHeader(_body.GetSpan(Frame.HeaderSize), size);
        _body.Advance(Frame.HeaderSize);
        message.WriteTo(_body);
    }

    /// <summary>
    /// Sends what is in the body. No token goes down with it: Kestrel resets the stream with an internal error when a
    /// flush is cancelled, and the client would never learn the status. Instead this side stops waiting; then nothing
    /// more may be written, and the status follows once the client reads.
    /// </summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flush = _body.FlushAsync(CancellationToken.None).AsTask();
        if (!flush.IsCompleted)
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _callEnd);
            TaskFailures.Observe(flush);
            _completed = true;
            await flush.WaitAsync(linked.Token);
            _completed = false;
        }

        if ((await flush).IsCompleted)
        {
            throw new ClientGoneException();
        }
    }
}
