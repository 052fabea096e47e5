using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Federation.Launcher.Tests;

/// <summary>The miner's JSON-RPC API over sectors that prove as soon as somebody has looked at them once.</summary>
internal sealed class FakeMinerApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HashSet<int> _seen = [];

    private FakeMinerApi(WebApplication app)
    {
        _app = app;
        app.MapPost("/rpc/v0", AnswerAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public int Pledged { get; private set; }

    /// <summary>How many workers are connected, over both agents.</summary>
    public Func<int> Workers { get; set; } = static () => 4;

    /// <summary>What every sector's state is in the end.</summary>
    public string LastState { get; set; } = "Proving";

    public static async Task<FakeMinerApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new FakeMinerApi(builder.Build());
        await api._app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Bearer secret", context.Request.Headers.Authorization.ToString());
        await context.Response.WriteAsJsonAsync(
            new
            {
                jsonrpc = "2.0",
                id = request.GetProperty("id").GetInt32(),
                result = Answer(request.GetProperty("method").GetString()),
            },
            new JsonSerializerOptions());
    }

    private object? Answer(string? method)
    {
        lock (_seen)
        {
            return Result(method);
        }
    }

    private object? Result(string? method) => method switch
    {
        "Filecoin.Version" => new { Version = "fake" },
        "Filecoin.FederationAgents" => new[] { 1, 2 }.Select(
            n => new { Name = $"region-{n}", Region = $"region-{n}", Workers = Workers() / 2 }).ToArray(),
        "Filecoin.FederationSectors" =>
            new { Sectors = Pledged == 0 ? null : Enumerable.Range(0, Pledged).Select(Sector).ToArray() },
        "Filecoin.PledgeSector" => new { Miner = 1000, Number = Pledged++ },
        "Filecoin.SectorsStatus" => new { PhaseSeconds = new Dictionary<string, double> { ["AP"] = 0.25 } },
        "Filecoin.WorkerJobs" => new { },
        var other => throw new InvalidOperationException($"unexpected {other}"),
    };

    private object Sector(int number) => new
    {
        Number = number,
        State = _seen.Add(number) ? "PreCommit1" : LastState,
        Region = $"region-{1 + (number % 2)}",
    };
}
