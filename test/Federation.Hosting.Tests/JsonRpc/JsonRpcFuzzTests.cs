using System.Text;
using System.Text.Json;
using Federation.Hosting.JsonRpc;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Hosting.Tests.JsonRpc;

public sealed class JsonRpcFuzzTests
{
    private const int Seed = 17;

    private static readonly byte[][] Fragments =
        [.. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e999", "18446744073709551616",
            "\\ud800", "\\u0000", "\"id\":", "\"params\":", "\"method\":\"Filecoin.Echo\"", "\u00ff", " ",
        }.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public async Task Handle_MutatedRequests_AlwaysAnswerInJson()
    {
        var server = new JsonRpcServer(
            JsonRpcServerFixture.Methods(), new ApiTokens(new byte[32]), NullLogger<JsonRpcServer>.Instance);
        byte[][] seeds = [.. HttpCase.Load(Path.Combine(TestPaths.Vectors, "json-rpc", "http-cases.jsonl"))
            .Where(c => c.Body is { Length: > 0 }).Select(c => Encoding.UTF8.GetBytes(c.Body!))];
        var random = new Random(Seed);
        var answered = 0;
        for (var i = 0; i < FuzzCases.Count; i++)
        {
            var body = FuzzCases.Mutate(seeds, Fragments, random);
            try
            {
                answered += await AnswerAsync(server, body) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, body {Convert.ToBase64String(body)}: {e}");
            }
        }

        Assert.True(answered > FuzzCases.Count / 50, $"only {answered} calls came through: too wild to prove much");
    }

    /// <summary>
    /// Whether a method was reached and answered; whatever the answer, it must be JSON under a known status.
    /// </summary>
    private static async Task<bool> AnswerAsync(JsonRpcServer server, byte[] body)
    {
        var answer = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Body = new MemoryStream(body);
        context.Response.Body = answer;
        await server.HandleAsync(context);

        Assert.Contains(context.Response.StatusCode, new[] { 200, 400, 500 });
        Assert.Equal(context.Response.ContentLength, answer.Length);
        if (answer.Length > 0)
        {
            using var json = JsonDocument.Parse(answer.ToArray());
        }

        return context.Response.StatusCode == StatusCodes.Status200OK;
    }
}
