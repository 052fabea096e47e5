using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Federation.Hosting.Http;
using Federation.Hosting.JsonRpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Hosting.Tests.JsonRpc;

/// <summary>A JSON-RPC server with methods of the tests' own, on a free port.</summary>
public sealed class JsonRpcServerFixture : IAsyncLifetime, IDisposable
{
    internal const int MaxRequestBytes = 4096;

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(1) };
    private HttpHost? _host;

    internal ApiTokens Tokens { get; } = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    internal string AdminToken => Tokens.Issue(ApiTokens.UpTo(ApiPermissions.Admin));

    internal Uri Address => new($"http://{_host!.Endpoint}/");

    internal static JsonRpcMethods Methods() => new JsonRpcMethods()
        .Add("Echo", ApiPermissions.Read, (JsonRpcCaller _, string text, CancellationToken _) => Task.FromResult(text))
        .Add(
            "Number",
            ApiPermissions.Read,
            (JsonRpcCaller _, ulong number, CancellationToken _) => Task.FromResult(number))
        .Add(
            "Count",
            ApiPermissions.Read,
            (JsonRpcCaller _, string[] names, CancellationToken _) => Task.FromResult(names.Length))
        .Add("NotANumber", ApiPermissions.Read, (_, _) => Task.FromResult(double.NaN))
        .Add("Stop", ApiPermissions.Admin, (_, _) => Task.FromResult<object?>(null))
        .Add("Nothing2", ApiPermissions.Read, (_, _) => Task.FromResult<object?>(null))
        .Add(
            "Fail",
            ApiPermissions.Read,
            Task<object?> (_, _) => throw new JsonRpcException("No state for /99: datastore: key not found"))
        .Add("Crash", ApiPermissions.Read, Task<object?> (_, _) => throw new InvalidOperationException("secret detail"))
        .Add("ActorAddress", ApiPermissions.Read, (_, _) => Task.FromResult("t01000"))
        .Add("PledgeSector", ApiPermissions.Write, (_, _) => Task.FromResult<object?>(null))
        .Add(
            "Version",
            ApiPermissions.Read,
            (_, _) => Task.FromResult(new VersionInfo("v1.36.2-dev+2k", 66816, 12, "lotus")))
        .Add(
            "SectorsStatus",
            ApiPermissions.Read,
            Task<object?> (JsonRpcCaller _, ulong number, bool _, CancellationToken _) =>
            throw new JsonRpcException($"No state for /{number}: datastore: key not found"));

    public async Task InitializeAsync()
    {
        var server = new JsonRpcServer(
            Methods(),
            Tokens,
            NullLogger<JsonRpcServer>.Instance,
            new JsonRpcServerOptions { MaxRequestBytes = MaxRequestBytes });
        _host = await HttpHost.StartAsync(
            new(new(IPAddress.Loopback, 0), "JSON-RPC", "[API] ListenAddress"),
            tls: null,
            server.MapTo,
            NullLoggerFactory.Instance);
    }

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    public void Dispose() => _client.Dispose();

    internal Task<HttpResponseMessage> SendAsync(string method, string path, byte[]? body, string auth)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path))
        {
            Content = body is null ? null : new ByteArrayContent(body),
            Headers =
            {
                Authorization = auth switch
                {
                    "none" => null,
                    "bad" => new AuthenticationHeaderValue("Bearer", "not.a.token"),
                    "basic" =>
                        new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("a:b"))),
                    "admin token" => new AuthenticationHeaderValue("Bearer", AdminToken),
                    _ => throw new ArgumentException(auth, nameof(auth)),
                },
            },
        };
        return _client.SendAsync(request);
    }

    internal sealed record VersionInfo(string Version, int APIVersion, int BlockDelay, string Agent);
}
