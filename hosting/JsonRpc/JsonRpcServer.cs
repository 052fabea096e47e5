using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.JsonRpc;

/// <summary>
/// Answers JSON-RPC 2.0 over HTTP as lotus-miner does under <c>/rpc/v0</c>, errors, status codes and the order of
/// members included. WebSocket is not served.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed partial class JsonRpcServer
{
    /// <summary>Where the API is served.</summary>
    public const string Path = "/rpc/v0";

    private const string Bearer = "Bearer ";

    private readonly JsonRpcMethods _methods;
    private readonly ApiTokens _tokens;
    private readonly JsonRpcServerOptions _options;
    private readonly ILogger<JsonRpcServer> _logger;

    /// <summary>Creates the server.</summary>
    public JsonRpcServer(
        JsonRpcMethods methods, ApiTokens tokens, ILogger<JsonRpcServer> logger, JsonRpcServerOptions? options = null)
    {
        _methods = methods;
        _tokens = tokens;
        _logger = logger;
        _options = options ?? new JsonRpcServerOptions();
    }

    /// <summary>
    /// Serves the API on a listener, whatever the HTTP method: Lotus answers them all by their bodies.
    /// </summary>
    public void MapTo(IEndpointRouteBuilder routes) => routes.Map(Path, HandleAsync);

    /// <summary>Answers one HTTP request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!TryAuthenticate(context, out var caller))
        {
            LogBadToken(caller.Remote);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.ContentLength = 0;
            return;
        }

        var body = await ReadBodyAsync(context.Request, context.RequestAborted);
        var answer = new ArrayBufferWriter<byte>();
        var status = body is null
            ? Write(answer, default, JsonRpcFault.TooLarge(_options.MaxRequestBytes))
            : await AnswerAsync(body.Value, caller, answer, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.WrittenCount;
        await context.Response.Body.WriteAsync(answer.WrittenMemory, context.RequestAborted);
    }

    private bool TryAuthenticate(HttpContext context, out JsonRpcCaller caller)
    {
        var remote = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        string? header = context.Request.Headers.Authorization;
        caller = new JsonRpcCaller(ApiPermissions.Read, remote);
        if (string.IsNullOrEmpty(header))
        {
            return true;
        }

        var token = header.StartsWith(Bearer, StringComparison.Ordinal) ? header[Bearer.Length..] : null;
        var valid = _tokens.TryVerify(token, out var permissions);
        caller = caller with { Permissions = permissions };
        return valid;
    }

    /// <summary>The trimmed body; null when it is larger than allowed.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > _options.MaxRequestBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var chunk = new byte[Math.Min(_options.MaxRequestBytes, 16 * 1024)];
        while (await request.Body.ReadAsync(chunk, ct) is > 0 and var read)
        {
            if (body.Length + read > _options.MaxRequestBytes)
            {
                return null;
            }

            body.Write(chunk, 0, read);
        }

        return body.ToArray().AsMemory().Trim(" \t\r\n"u8);
    }

    private async Task<int> AnswerAsync(
        ReadOnlyMemory<byte> body, JsonRpcCaller caller, ArrayBufferWriter<byte> answer, CancellationToken ct)
    {
        if (body.IsEmpty)
        {
            return Write(answer, default, JsonRpcFault.InvalidRequest);
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonRpcJson.Options.MaxDepth });
        }
        catch (JsonException)
        {
            return Write(answer, default, JsonRpcFault.ParseError);
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? await AnswerBatchAsync(document.RootElement, caller, answer, ct)
                : await AnswerOneAsync(document.RootElement, caller, answer, ct);
        }
    }

    private async Task<int> AnswerBatchAsync(
        JsonElement batch, JsonRpcCaller caller, ArrayBufferWriter<byte> answer, CancellationToken ct)
    {
        var count = batch.GetArrayLength();
        if (count == 0 || count > _options.MaxBatch)
        {
            return Write(answer, default, JsonRpcFault.InvalidRequest);
        }

        if (batch.EnumerateArray().Any(r => r.ValueKind != JsonValueKind.Object))
        {
            return Write(answer, default, JsonRpcFault.ParseError);
        }

        answer.Write("["u8);
        foreach (var request in batch.EnumerateArray())
        {
            var one = new ArrayBufferWriter<byte>();
            await AnswerOneAsync(request, caller, one, ct);
            if (one.WrittenCount > 0)
            {
                answer.Write(answer.WrittenCount > 1 ? ","u8 : []);
                answer.Write(one.WrittenSpan);
            }
        }

        answer.Write("]"u8);
        return StatusCodes.Status200OK;
    }

    /// <summary>Answers one request; a notification that went well gets no answer.</summary>
    private async Task<int> AnswerOneAsync(
        JsonElement json, JsonRpcCaller caller, ArrayBufferWriter<byte> answer, CancellationToken ct)
    {
        if (!JsonRpcRequest.TryRead(json, out var request, out var fault))
        {
            return Write(answer, default, fault);
        }

        (var result, fault) = await InvokeAsync(request, caller, ct);
        if (fault is not null)
        {
            return Write(answer, request.Id, fault);
        }

        return request.IsNotification || TryWrite(answer, request, result)
            ? StatusCodes.Status200OK
            : Write(answer, request.Id, JsonRpcFault.Fatal(request.Method));
    }

    /// <summary>False, and nothing written, when JSON cannot hold the result.</summary>
    private bool TryWrite(ArrayBufferWriter<byte> answer, JsonRpcRequest request, object? result)
    {
        try
        {
            Write(answer, request.Id, result);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or JsonException or NotSupportedException)
        {
            LogFailed(e, request.Method);
            return false;
        }
    }

    private async Task<(object? Result, JsonRpcFault? Fault)> InvokeAsync(
        JsonRpcRequest request, JsonRpcCaller caller, CancellationToken ct)
    {
        if (!_methods.TryGet(request.Method, out var method))
        {
            return (null, JsonRpcFault.NotFound(request.Method));
        }

        if (!caller.Permissions.HasFlag(method.Need))
        {
            return (null, JsonRpcFault.Forbidden(method.ShortName, ApiTokens.NameOf(method.Need)));
        }

        if (method.Bind(request.Parameters, out var fault) is not { } values)
        {
            return (null, fault);
        }

        try
        {
            return (await method.Invoke(caller, values, ct), null);
        }
        catch (JsonRpcException e)
        {
            return (null, JsonRpcFault.Failed(e));
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // A handler's defect must not end the connection in silence, and its text may hold what callers must not
            // see.
            LogFailed(e, request.Method);
            return (null, JsonRpcFault.Fatal(request.Method));
        }
    }

    private static int Write(ArrayBufferWriter<byte> answer, JsonElement id, JsonRpcFault fault)
    {
        Write(answer, json =>
        {
            json.WriteStartObject("error");
            json.WriteNumber("code", fault.Code);
            json.WriteString("message", fault.Message);
            json.WriteEndObject();
            WriteEnvelope(json, id);
        });
        return fault.Status;
    }

    private static void Write(ArrayBufferWriter<byte> answer, JsonElement id, object? result) => Write(answer, json =>
    {
        WriteEnvelope(json, id);
        json.WritePropertyName("result");
        JsonSerializer.Serialize(json, result, result?.GetType() ?? typeof(object), JsonRpcJson.Options);
    });

    /// <summary>Members stand in the order of their names, and a line feed ends the answer, as Lotus's do.</summary>
    private static void Write(ArrayBufferWriter<byte> answer, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonRpcJson.WriterOptions))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        JsonRpcJson.CopyAsGo(buffer.WrittenSpan, answer);
        answer.Write("\n"u8);
    }

    private static void WriteEnvelope(Utf8JsonWriter json, JsonElement id)
    {
        json.WritePropertyName("id");
        if (id.ValueKind == JsonValueKind.Undefined)
        {
            json.WriteNullValue();
        }
        else
        {
            id.WriteTo(json);
        }

        json.WriteString("jsonrpc", "2.0");
    }
}
