using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json;
using Federation.Hosting.Net;
using Federation.Hosting.Units;

namespace Federation.Hosting.JsonRpc;

/// <summary>Calls a daemon's JSON-RPC API. Whatever goes wrong on the way is one sentence with a remedy.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class JsonRpcClient : IDisposable
{
    private const int MaxAnswerBytes = 64 << 20;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly ApiInfo _api;
    private readonly string _daemon;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly TimeSpan _connectTimeout;
    private readonly HttpClient _http;
    private int _lastId;

    /// <summary>Creates a client; nothing is dialled before the first call.</summary>
    /// <param name="api">Where the daemon listens, and the token to come with.</param>
    /// <param name="daemon">The program, as its commands are typed: <c>miner</c>.</param>
    /// <param name="timeout">How long one call may take.</param>
    /// <param name="tls">This process's certificate, for an API behind TLS.</param>
    /// <param name="time">The clock of the time-out.</param>
    public JsonRpcClient(
        ApiInfo api, string daemon, TimeSpan timeout, TlsMaterial? tls = null, TimeProvider? time = null)
        : this(
            api,
            daemon,
            timeout,
            new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout,
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                SslOptions = tls?.ClientOptions() ?? new SslClientAuthenticationOptions(),
            },
            time)
    {
    }

    /// <summary>Creates a client that connects in its own way.</summary>
    internal JsonRpcClient(
        ApiInfo api, string daemon, TimeSpan timeout, SocketsHttpHandler handler, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        _api = api;
        _daemon = daemon;
        _timeout = timeout;
        _time = time ?? TimeProvider.System;
        _connectTimeout = handler.ConnectTimeout;
        _http = new HttpClient(handler)
        {
            BaseAddress = api.Address.HttpUri,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Authorization =
            api.Token is null ? null : new AuthenticationHeaderValue("Bearer", api.Token);
    }

    /// <summary>Calls a method.</summary>
    /// <param name="method">Its name without <c>Filecoin.</c>.</param>
    /// <param name="parameters">Its parameters, in order.</param>
    /// <param name="ct">Gives the call up.</param>
    /// <exception cref="JsonRpcException">The daemon answered with an error.</exception>
    /// <exception cref="OperatorException">It did not answer, or refused the token.</exception>
    public async Task<TResult> CallAsync<TResult>(
        string method, IReadOnlyList<object?> parameters, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var content = new ByteArrayContent(WriteRequest(method, parameters));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await _http.PostAsync(
                new Uri(JsonRpcServer.Path, UriKind.Relative), content, linked.Token);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                throw new OperatorException(
                    $"the {_daemon} at {_api.Address} refused the token",
                    $"use the token file of the running {_daemon}'s repository, or 'auth create-token' for a new one");
            }

            return Read<TResult>(await answer.Content.ReadAsByteArrayAsync(linked.Token));
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new OperatorException(
                $"the {_daemon} at {_api.Address} did not answer {method} within {GoDuration.Format(_timeout)}",
                $"look into the {_daemon}'s log, and try again",
                e);
        }
        catch (OperationCanceledException e) when (!linked.IsCancellationRequested)
        {
            // The connection's own limit: where packets are dropped, nobody refuses it either.
            throw NotConnected($"no answer within {GoDuration.Format(_connectTimeout)}", e);
        }
        catch (HttpRequestException e)
        {
            throw NotConnected((e.InnerException ?? e).Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private OperatorException NotConnected(string reason, Exception cause) => new(
        $"could not connect to the {_daemon} at {_api.Address}: {reason}",
        $"start the {_daemon} with '{_daemon} run', or name where it runs",
        cause);

    private byte[] WriteRequest(string method, IReadOnlyList<object?> parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonRpcJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WriteString("method", JsonRpcMethods.Namespace + method);
            json.WriteStartArray("params");
            foreach (var parameter in parameters)
            {
                JsonSerializer.Serialize(json, parameter, parameter?.GetType() ?? typeof(object), JsonRpcJson.Options);
            }

            json.WriteEndArray();
            json.WriteNumber("id", Interlocked.Increment(ref _lastId));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private TResult Read<TResult>(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.TryGetProperty("error", out var error))
            {
                throw new JsonRpcException(
                    error.GetProperty("message").GetString() ?? "", error.GetProperty("code").GetInt32());
            }

            return json.RootElement.GetProperty("result").Deserialize<TResult>(JsonRpcJson.Options)!;
        }
        catch (Exception e) when (
            e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new OperatorException(
                $"what answers at {_api.Address} does not speak as the {_daemon} does: {e.Message}",
                $"check the address, and that both programs are of one version",
                e);
        }
    }
}
