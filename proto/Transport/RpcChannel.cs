using Federation.Proto.Transport.Wire;
using Google.Protobuf;

namespace Federation.Proto.Transport;

/// <summary>
/// Calls to one server over HTTP/2. Connects when first used and again after a connection was lost; which of several
/// servers to call, and when to call again, is its user's business. Thread-safe. Disposing it ends its calls.
/// </summary>
public sealed class RpcChannel : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly CancellationTokenSource _closed = new();
    private readonly Http2Preface _preface = new();

    /// <summary>
    /// Creates a channel to <c>http://host:port</c> (HTTP/2 without TLS) or <c>https://host:port</c>.
    /// </summary>
    public RpcChannel(Uri address, RpcChannelOptions? options = null)
    {
        Options = options ?? new RpcChannelOptions();
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"The address '{address}' is neither http:// nor https://.", nameof(address));
        }

        if (address.Scheme == Uri.UriSchemeHttp && Options.Tls is not null)
        {
            throw new ArgumentException(
                $"TLS is configured and the address '{address}' is not https.", nameof(address));
        }

        Address = address;
        Closed = _closed.Token;
        Counter = Options.Counter ?? new WireCounter();
        _invoker = new HttpMessageInvoker(ChannelHandler.Create(Options, Counter, _preface), disposeHandler: true);
    }

    /// <summary>Creates a channel to an address given as text.</summary>
    public RpcChannel(string address, RpcChannelOptions? options = null)
        : this(new Uri(address), options)
    {
    }

    /// <summary>The server.</summary>
    public Uri Address { get; }

    /// <summary>The bytes of this channel's sockets, or of all channels that share the counter.</summary>
    public WireCounter Counter { get; }

    /// <summary>Cancelled when the channel is disposed.</summary>
    internal CancellationToken Closed { get; }

    internal RpcChannelOptions Options { get; }

    /// <summary>Starts a call with one request and one response.</summary>
    public UnaryCall<TResponse> Unary<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(Start(method, new SingleMessageContent(request, Options.MaxSendMessageBytes), WithTimeout(options)));

    /// <summary>Starts a call whose response is a stream.</summary>
    public ServerStreamingCall<TResponse> ServerStreaming<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(Start(method, new SingleMessageContent(request, Options.MaxSendMessageBytes), options));

    /// <summary>Starts a call whose request is a stream.</summary>
    public ClientStreamingCall<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(
        Method<TRequest, TResponse> method, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var content = new StreamingContent();
        return new(Start(method, content, options), content, Options.MaxSendMessageBytes);
    }

    /// <summary>Starts a call with a stream in each direction.</summary>
    public DuplexCall<TRequest, TResponse> Duplex<TRequest, TResponse>(
        Method<TRequest, TResponse> method, CallOptions options = default)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var content = new StreamingContent();
        return new(Start(method, content, options), content, Options.MaxSendMessageBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        _closed.Cancel();
        _invoker.Dispose();
        _closed.Dispose();
    }

    /// <exception cref="ForeignServerException">What answered is no HTTP/2 server.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoker.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (IsForeign(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new ForeignServerException(Address, e);
        }
        catch (Exception e) when (IsOfConnection(e) && _preface.IsSilent && !cancellationToken.IsCancellationRequested)
        {
            throw new SilentServerException(Address, e);
        }
    }

    private bool IsForeign(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError }
        || (IsOfConnection(failure) && _preface.IsForeign);

    private static bool IsOfConnection(Exception failure) =>
        failure is HttpRequestException or IOException or OperationCanceledException;

    private CallOptions WithTimeout(CallOptions options) =>
        options.Timeout is null && Options.UnaryTimeout != Timeout.InfiniteTimeSpan
            ? options with { Timeout = Options.UnaryTimeout }
            : options;

    private ClientCall<TResponse> Start<TRequest, TResponse>(
        Method<TRequest, TResponse> method, HttpContent content, CallOptions options)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var parser = Method<TRequest, TResponse>.ResponseParser;
        var call = new ClientCall<TResponse>(this, method.FullName, parser, options);
        call.Start(content);
        return call;
    }
}
