using System.Net;
using Federation.Hosting.Health;
using Federation.Hosting.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Hosting.Tests.Health;

public sealed class OperationsServerTests
{
    [Fact]
    public async Task Get_HealthAndMetrics_FollowTheDaemonsState()
    {
        var health = new HealthState("store", "chain");
        var metrics = new MetricsRegistry();
        metrics.AddGauge("federation_slots", "Free slots.").Set(3);
        await using var host = await OperationsServer.StartAsync(
            new(new(IPAddress.Loopback, 0), "test", "key"), null, metrics, health, NullLoggerFactory.Instance);
        using var client = new HttpClient
        {
            BaseAddress = new Uri($"http://{host.Endpoint}/"),
            Timeout = TimeSpan.FromMinutes(1),
        };

        Assert.Equal((200, ""), await GetAsync(client, "/health/livez"));
        Assert.Equal((503, ""), await GetAsync(client, "/health/readyz"));
        health.Set("store", true);
        Assert.Equal(["chain"], health.Missing);
        Assert.Equal((503, ""), await GetAsync(client, "/health/readyz"));
        health.Set("chain", true);
        Assert.Equal((200, ""), await GetAsync(client, "/health/readyz"));
        health.Set("store", false);
        Assert.Equal((503, ""), await GetAsync(client, "/health/readyz"));
        Assert.Equal((404, "404 page not found\n"), await GetAsync(client, "/"));
        var (status, text) = await GetAsync(client, "/metrics");
        Assert.Equal(200, status);
        Assert.EndsWith("federation_slots 3\n", text, StringComparison.Ordinal);
        using var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal(MetricsRegistry.ContentType, answer.Content.Headers.ContentType!.ToString());
    }

    private static async Task<(int Status, string Body)> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
