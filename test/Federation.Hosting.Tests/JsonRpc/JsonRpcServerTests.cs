using System.Net;
using System.Text;

namespace Federation.Hosting.Tests.JsonRpc;

public sealed class JsonRpcServerTests(JsonRpcServerFixture server) : IClassFixture<JsonRpcServerFixture>
{
    private const string GoType = "abi.SectorNumber";

    private static readonly IReadOnlyList<HttpCase> Own = HttpCase.Load(
        Path.Combine(TestPaths.Vectors, "json-rpc", "http-cases.jsonl"));

    /// <summary>The recorded answers of a lotus-miner under /rpc/v0, where the shared recordings are at hand.</summary>
    private static readonly IReadOnlyList<HttpCase> Recorded = TestPaths.SharedLotus("http-cases.jsonl") is { } path
        ? [.. HttpCase.Load(path).Where(c => c.Path is "/rpc/v0" or "/nope")] : [];

    public static TheoryData<string> Names =>
        [.. Own.Select(c => "own: " + c.Name), .. Recorded.Select(c => "recorded: " + c.Name)];

    [Fact]
    public void Load_Cases_AreAllThere()
    {
        Assert.Equal(29, Own.Count);
        Assert.True(Recorded.Count is 0 or 15, $"{Recorded.Count} recorded cases");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handle_Case_AnswersAsLotus(string name)
    {
        var parts = name.Split(": ", 2);
        var (cases, expected) = (parts[0] == "own" ? Own : Recorded, parts[1]);
        var c = cases.Single(c => c.Name == expected);

        using var answer = await server.SendAsync(
            c.Method, c.Path, c.Body is null ? null : Encoding.UTF8.GetBytes(c.Body), c.Auth);

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(c.Response.Replace(GoType, "uint64", StringComparison.Ordinal), body);
        Assert.Equal(c.Status, (int)answer.StatusCode);
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        foreach (var header in c.Headers.Select(h => h.Split(": ", 2)))
        {
            var isLengthOfGoType = header[0] == "Content-Length"
                && c.Response.Contains(GoType, StringComparison.Ordinal);
            var value = isLengthOfGoType ? Encoding.UTF8.GetByteCount(body).ToString(provider: null) : header[1];
            Assert.Equal(value, headers.GetValueOrDefault(header[0]));
        }

        Assert.DoesNotContain("Server", headers.Keys);
    }

    [Theory]
    [InlineData("Echo", "\"\"")]
    [InlineData("Number", "0")]
    [InlineData("Count", "0")]
    public async Task Handle_ParameterIsNull_IsTheZeroOfItsTypeAsInGo(string method, string result)
    {
        using var answer = await server.SendAsync("POST", "/rpc/v0", Encoding.UTF8.GetBytes(
            $"{{\"jsonrpc\":\"2.0\",\"method\":\"Filecoin.{method}\",\"params\":[null],\"id\":1}}"), "none");
        Assert.Equal($"{{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{result}}}\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Handle_ResultThatJsonCannotHold_IsAFatalErrorAndNotASilentEnd()
    {
        using var answer = await server.SendAsync("POST", "/rpc/v0",
            "{\"jsonrpc\":\"2.0\",\"method\":\"Filecoin.NotANumber\",\"params\":[],\"id\":1}"u8.ToArray(), "none");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("fatal error calling 'Filecoin.NotANumber'",
            await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_BodyTooLarge_IsRefusedWithOrWithoutLength()
    {
        var body = Encoding.UTF8.GetBytes(new string(' ', JsonRpcServerFixture.MaxRequestBytes + 1));
        const string Expected = "{\"error\":{\"code\":0,\"message\":\"request bigger than maximum 4096 allowed\"},"
            + "\"id\":null,\"jsonrpc\":\"2.0\"}\n";

        using var withLength = await server.SendAsync("POST", "/rpc/v0", body, "none");
        using var chunked = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/rpc/v0"))
        {
            Content = new ByteArrayContent(body),
            Headers = { TransferEncodingChunked = true },
        };
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        using var withoutLength = await client.SendAsync(chunked);

        foreach (var answer in new[] { withLength, withoutLength })
        {
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Equal(Expected, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Handle_BodyOfExactlyTheLimit_IsRead()
    {
        var request = "{\"jsonrpc\":\"2.0\",\"method\":\"Filecoin.Echo\",\"params\":[\"x\"],\"id\":1}";
        var body = Encoding.UTF8.GetBytes(request.PadRight(JsonRpcServerFixture.MaxRequestBytes));

        using var answer = await server.SendAsync("POST", "/rpc/v0", body, "none");

        Assert.Equal("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":\"x\"}\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Handle_TokenInTheUrl_CountsForNothing()
    {
        var body = Encoding.UTF8.GetBytes("{\"method\":\"Filecoin.Stop\",\"params\":[],\"id\":1}");

        using var answer = await server.SendAsync("POST", $"/rpc/v0?token={server.AdminToken}", body, "none");

        Assert.Contains("missing permission", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_BatchOverTheLimit_IsRefused()
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("{}", 101))}]");

        using var answer = await server.SendAsync("POST", "/rpc/v0", body, "none");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
