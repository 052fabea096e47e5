using System.Net;
using System.Net.Sockets;
using Federation.Hosting.Tests.Net;
using Federation.Hosting.Http;
using Federation.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Federation.Hosting.Tests.Http;

public sealed class HttpHostTests
{
    [Fact]
    public async Task StartAsync_PortTaken_NamesPortSettingAndRemedy()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var endpoint = (IPEndPoint)taken.LocalEndpoint;

        var error = await Assert.ThrowsAsync<OperatorException>(() => HttpHost.StartAsync(
            new(endpoint, "JSON-RPC", "[API] ListenAddress"), null, _ => { }, NullLoggerFactory.Instance));

        Assert.Equal(
            $"port {endpoint.Port} on 127.0.0.1 (JSON-RPC) is in use by another process, {PortClaimTests.Me};"
                + " stop that one or set another [API] ListenAddress.",
            error.Message);
    }

    [Fact]
    public async Task StartAsync_ForeignAddress_SaysSo()
    {
        var error = await Assert.ThrowsAsync<OperatorException>(() => HttpHost.StartAsync(
            new(new(IPAddress.Parse("192.0.2.1"), 0), "JSON-RPC", "[API] ListenAddress"),
            null,
            _ => { },
            NullLoggerFactory.Instance));

        Assert.Equal("192.0.2.1 (JSON-RPC) is no address of this machine; set one that is.", error.Message);
    }

    [Fact]
    public async Task Endpoint_AnyPortAskedFor_IsTheOneThatWasGiven()
    {
        await using var host = await HttpHost.StartAsync(
            new(new(IPAddress.IPv6Loopback, 0), "test", "key"), null, _ => { }, NullLoggerFactory.Instance);

        Assert.NotEqual(0, host.Endpoint.Port);
    }

    [Fact]
    public async Task DisposeAsync_Running_FreesThePort()
    {
        var endpoint = new IPEndPoint(IPAddress.IPv6Loopback, PortBlock.One());
        var host = await HttpHost.StartAsync(
            new(endpoint, "test", "key"), null, _ => { }, NullLoggerFactory.Instance);
        Assert.Equal(endpoint, host.Endpoint);

        await host.DisposeAsync();

        using var again = new TcpListener(endpoint);
        again.Start();
    }
}
