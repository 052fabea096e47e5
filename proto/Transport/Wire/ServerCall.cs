using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Federation.Proto.Transport.Wire;

/// <summary>Serves the calls of one method: checks the request, runs the handler, writes the status.</summary>
internal sealed class ServerCall<TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly Method<TRequest, TResponse> _method;
    private readonly ServerHandler<TRequest, TResponse> _handler;
    private readonly RpcServerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _stopping;
    private readonly ILogger _logger;

    public ServerCall(
        Method<TRequest, TResponse> method,
        ServerHandler<TRequest, TResponse> handler,
        RpcServerEnvironment environment)
    {
        _method = method;
        _handler = handler;
        _options = environment.Options;
        _timeProvider = environment.TimeProvider;
        _stopping = method.Type == MethodType.Unary ? CancellationToken.None : environment.Stopping;
        _logger = environment.Logger;
    }

    public async Task InvokeAsync(HttpContext http)
    {
        if (!ServerRequest.TryAccept(http, _method.FullName, out var timeout))
        {
            return;
        }

        using var lifetime = new ServerCallLifetime(http, Bound(timeout), _timeProvider, _stopping);
        var context = new ServerCallContext(http, lifetime, _method.FullName, timeout);
        var writer = new ServerStreamWriter<TResponse>(
            http.Response.BodyWriter, _options.MaxSendMessageBytes, lifetime.Token);
        var outcome = await RunAsync(context, writer);
        await writer.CompleteAsync();
        Close(http, outcome, writer.HasMessages);
    }

    /// <summary>A stream lives as long as its client wants; a unary call has an end of the server's too.</summary>
    private TimeSpan? Bound(TimeSpan? timeout) =>
        _method.Type == MethodType.Unary && (timeout is null || timeout > _options.MaxUnaryTime)
            ? _options.MaxUnaryTime
            : timeout;

    private async Task<CallOutcome> RunAsync(ServerCallContext context, ServerStreamWriter<TResponse> writer)
    {
        try
        {
            if (_options.Authorize is { } authorize)
            {
                await authorize(context);
            }

            var reader = new ServerStreamReader<TRequest>(
                context.HttpContext.Request.Body,
                new FrameDecoder(_options.MaxReceiveMessageBytes),
                Method<TRequest, TResponse>.RequestParser,
                context.CancellationToken);
            await _handler(reader, writer, context);
            return new CallOutcome(Status.OK, context.ResponseTrailers);
        }
        catch (RpcException e)
        {
            return new CallOutcome(e.Status, ServerRequest.Merge(context.ResponseTrailers, e.Trailers), e);
        }
        catch (OperationCanceledException e)
            when (e is ClientGoneException || context.CancellationToken.IsCancellationRequested)
        {
            return new CallOutcome(context.Lifetime.Status, context.ResponseTrailers, e);
        }
        catch (Exception e)
        {
            // The boundary of the process: whatever a handler lets out is logged here and told to nobody.
            RpcServerLog.HandlerFailed(_logger, _method.FullName, context.Peer, e);
            return new CallOutcome(new Status(StatusCode.Internal, "The server failed; its log says why."), [], e);
        }
    }

    private void Close(HttpContext http, CallOutcome outcome, bool hasMessages)
    {
        if (!outcome.IsOK)
        {
            RpcServerLog.CallRefused(_logger, _method.FullName, outcome.Status.Code, outcome.Status.Detail);
        }

        if (!http.RequestAborted.IsCancellationRequested)
        {
            ServerHeaders.WriteStatus(http.Response, outcome.Status, outcome.Trailers, hasMessages);
        }
    }
}
