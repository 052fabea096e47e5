using System.Net.Http.Headers;
using Google.Protobuf;

namespace Federation.Proto.Transport.Wire;

/// <summary>
/// One call seen from the client: sends the request, checks the answer's headers, reads messages, and turns the
/// trailers or whatever went wrong into the call's outcome. One reader at a time.
/// </summary>
internal sealed class ClientCall<TResponse> : IAsyncStreamReader<TResponse>, IDisposable
    where TResponse : class, IMessage<TResponse>
{
    private readonly RpcChannel _channel;
    private readonly string _path;
    private readonly MessageParser<TResponse> _parser;
    private readonly CallOptions _options;
    private HttpContent? _content;
    private HttpResponseMessage? _response;
    private MessageReader<TResponse>? _reader;
    private TResponse? _current;

    public ClientCall(RpcChannel channel, string path, MessageParser<TResponse> parser, CallOptions options)
    {
        _channel = channel;
        _path = path;
        _parser = parser;
        _options = options;
        Lifetime = new CallLifetime(options, channel.Options.TimeProvider, channel.Closed);
    }

    public CallLifetime Lifetime { get; }

    /// <summary>The answer once its headers are there and say that messages follow.</summary>
    public Task<HttpResponseMessage> Answer { get; private set; } = null!;

    /// <summary>The outcome of a call that is over.</summary>
    public CallOutcome Ended =>
        Lifetime.Outcome ?? throw new InvalidOperationException("The call has not ended: it has no status yet.");

    public TResponse Current => _current
        ?? throw new InvalidOperationException("There is no message: MoveNext was not called or returned false.");

    public void Start(HttpContent content)
    {
        _content = content;
        content.Headers.ContentType = new MediaTypeHeaderValue(HeaderNames.ContentType);
        Lifetime.Token.UnsafeRegister(static self => ((ClientCall<TResponse>)self!).Release(), this);
        Answer = SendAsync(content);
        TaskFailures.Observe(Answer);
    }

    public async Task<bool> MoveNext(CancellationToken cancellationToken = default)
    {
        if (Lifetime.Outcome is { } outcome)
        {
            _current = null;
            return outcome.IsOK ? false : throw outcome.ToException();
        }

        using var registration = Lifetime.EndWith(cancellationToken);
        try
        {
            _current = await ReadAsync();
            if (_current is null)
            {
                FinishByTrailers();
            }

            return _current is not null;
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
    }

    /// <summary>Reads the one message of a call whose server does not stream.</summary>
    public async Task<TResponse> ReadSingleAsync()
    {
        try
        {
            var message = await ReadAsync();
            var more = message is not null && await ReadAsync() is not null;
            if (more)
            {
                throw new RpcException(
                    StatusCode.Internal, "The server sent more than one message to a call that takes one.");
            }

            var trailers = CheckedTrailers();
            if (message is null)
            {
                throw new RpcException(StatusCode.Internal, "The server ended the call with OK and without a message.");
            }

            Finish(trailers);
            return message;
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
    }

    public async Task<Metadata> ReadHeadersAsync() => AnswerHeaders.ToMetadata((await Answer).Headers);

    /// <summary>Ends the call with what an exception means, and returns what its user shall see.</summary>
    public Exception Fail(Exception exception)
    {
        var seen = Lifetime.Fail(exception);
        Release();
        return seen;
    }

    public void Dispose() => Lifetime.EndUnwanted();

    private async Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        try
        {
            var provided = _channel.Options.MetadataProvider is { } provider ? await provider(Lifetime.Token) : null;
            var request = RequestHeaders.Create(_channel.Address, _path, _options, provided, content);
            var response = await _channel.SendAsync(request, Lifetime.Token);
            Volatile.Write(ref _response, response);
            Lifetime.Token.ThrowIfCancellationRequested();
            AnswerHeaders.ThrowIfRefused(response);
            return response;
        }
        catch (Exception e)
        {
            throw Fail(e);
        }
    }

    private async ValueTask<TResponse?> ReadAsync()
    {
        _reader ??= await OpenAsync();
        return await _reader.ReadAsync(Lifetime.Token);
    }

    private async Task<MessageReader<TResponse>> OpenAsync()
    {
        var response = await Answer;
        var stream = await response.Content.ReadAsStreamAsync(Lifetime.Token);
        return new MessageReader<TResponse>(stream, new FrameDecoder(_channel.Options.MaxReceiveMessageBytes), _parser);
    }

    private void FinishByTrailers() => Finish(CheckedTrailers());

    private Metadata CheckedTrailers()
    {
        var trailers = AnswerHeaders.CheckedTrailers(_response!);
        _reader!.Complete();
        return trailers;
    }

    private void Finish(Metadata trailers)
    {
        Lifetime.Finish(new CallOutcome(Status.OK, trailers));
        Release();
    }

    /// <summary>
    /// Lets the stream go. Before its end was read, disposing the answer resets the stream, which wakes a pending read
    /// and tells the server: a token given to the request does neither once headers have come.
    /// </summary>
    private void Release()
    {
        Volatile.Read(ref _response)?.Dispose();
        if (_content is StreamingContent { IsComplete: false } streaming)
        {
            streaming.Abort(new OperationCanceledException("The call has ended."));
        }
    }
}
