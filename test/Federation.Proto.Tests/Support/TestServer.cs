using System.Net;
using Federation.Proto.Transport;
using Federation.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Federation.Proto.Tests.Support;

/// <summary>A Kestrel server on a free loopback port, set up as the product sets it up.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, Uri address, RecordingLog log)
    {
        _app = app;
        Address = address;
        Log = log;
    }

    public Uri Address { get; }

    public RecordingLog Log { get; }

    /// <param name="map">What it serves.</param>
    /// <param name="tls">How it is known; without, it speaks in the clear.</param>
    /// <param name="configure">What it does otherwise than the product.</param>
    /// <param name="time">The clock of its calls' deadlines.</param>
    public static async Task<TestServer> StartAsync(
        Action<IEndpointRouteBuilder> map,
        TlsCredentials? tls = null,
        Action<KestrelServerOptions>? configure = null,
        TimeProvider? time = null)
    {
        var log = new RecordingLog();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(log.ForAll()).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureForRpc();
            kestrel.ListenRpc(new IPEndPoint(IPAddress.Loopback, 0), tls);
            configure?.Invoke(kestrel);
        });
        var app = builder.Build();
        app.UseRouting();
        map(app);
        await app.StartAsync().Bounded();
        var features = app.Services.GetRequiredService<IServer>().Features;
        var address = features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new TestServer(app, new Uri(address), log);
    }

    /// <summary>A patient channel to it.</summary>
    public RpcChannel Connect(RpcChannelOptions? options = null) => Channels.To(Address, options);

    public Task StopAsync(TimeSpan grace)
    {
        using var source = new CancellationTokenSource(grace);
        return _app.StopAsync(source.Token);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
