using Federation.Hosting.Http;
using Federation.Hosting.Metrics;
using Federation.Hosting.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Health;

/// <summary>
/// What P+1 serves: <c>/metrics</c>, <c>/health/livez</c> (200 while the process answers) and <c>/health/readyz</c>
/// (200 or 503), the last two with empty bodies as Lotus's.
/// </summary>
public static class OperationsServer
{
    /// <summary>Opens the listener.</summary>
    /// <param name="listener">Where.</param>
    /// <param name="tls">Mutual TLS, or null for none.</param>
    /// <param name="metrics">What <c>/metrics</c> shows.</param>
    /// <param name="health">What decides on <c>/health/readyz</c>.</param>
    /// <param name="loggers">The log.</param>
    /// <param name="more">Further routes, or null.</param>
    /// <param name="ct">Ends the start.</param>
    /// <exception cref="OperatorException">The listener cannot be opened.</exception>
    public static Task<HttpHost> StartAsync(
        PortClaim listener,
        TlsMaterial? tls,
        MetricsRegistry metrics,
        HealthState health,
        ILoggerFactory loggers,
        Action<WebApplication>? more = null,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(health);
        return HttpHost.StartAsync(listener, tls, Map, loggers, ct);

        void Map(WebApplication app)
        {
            app.MapGet("/metrics", () => Results.Text(metrics.Write(), MetricsRegistry.ContentType));
            app.MapGet("/health/livez", () => Results.StatusCode(StatusCodes.Status200OK));
            app.MapGet("/health/readyz", () => Results.StatusCode(
                health.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable));
            more?.Invoke(app);
        }
    }
}
