using System.Net.Sockets;
using Federation.Hosting;
using Federation.Hosting.JsonRpc;
using Federation.Hosting.Net;
using Federation.MinerAgent.Gate;
using Federation.Proto.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Federation.MinerAgent.Run;

/// <summary>Serves workers on P, and holds P+100, which bulk data will come through.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    private const string Bearer = "Bearer ";

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private GateHost(WebApplication app) => _app = app;

    /// <summary>Opens both listeners.</summary>
    /// <exception cref="OperatorException">One of them cannot be opened.</exception>
    public static async Task<GateHost> StartAsync(
        ServePorts ports, TransportSecurity security, TlsMaterial? tls, WorkerGateService service, ApiTokens tokens,
        ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureForRpc();
            kestrel.ListenRpc(ports.Grpc.Endpoint, tls?.Credentials, security.Insecure);
            kestrel.ListenRpc(ports.Bulk.Endpoint, tls?.Credentials, security.Insecure);
        });
        var app = builder.Build();
        app.UseRouting();
        app.MapRpcService(service, new RpcServerOptions { Authorize = context => Authorize(context, tokens) });
        try
        {
            await app.StartAsync(cancellationToken);
            return new GateHost(app);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new OperatorException(
                ports.Grpc.FindProblem() ?? ports.Bulk.FindProblem()
                    ?? $"the ports of ServePort {ports.Port} cannot be opened: {error.Message}",
                "set another [SealAgent] ServePort", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }

    private static ValueTask Authorize(ServerCallContext context, ApiTokens tokens)
    {
        var header = context.RequestHeaders.GetValue("authorization");
        return header?.StartsWith(Bearer, StringComparison.Ordinal) == true
            && tokens.TryVerify(header[Bearer.Length..], out var permissions)
                && permissions.HasFlag(ApiPermissions.Admin)
            ? ValueTask.CompletedTask
            : throw new RpcException(
                StatusCode.Unauthenticated,
                "take AGENT_API_INFO from the files token and api in the agent's repository");
    }
}
