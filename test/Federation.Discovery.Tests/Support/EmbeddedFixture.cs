using System.Net;
using Federation.Discovery.Embedded;
using Federation.Testing;

namespace Federation.Discovery.Tests.Support;

public sealed class EmbeddedFixture : ServerFixture
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedStore _embedded = null!;
    private EmbeddedStoreServer _server = null!;

    public override string Address => _server.EndPoint.ToString();

    public override async Task InitializeAsync()
    {
        await StartAsync(PortBlock.One());
        await base.InitializeAsync();
    }

    protected override async Task RestartServerAsync()
    {
        var port = _server.EndPoint.Port;
        await StopAsync();
        await StartAsync(port);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(int port)
    {
        _embedded = await EmbeddedStore.OpenAsync(_folder.Path);
        _server = await EmbeddedStoreServer.StartAsync(_embedded, new IPEndPoint(IPAddress.Loopback, port));
    }

    private async Task StopAsync()
    {
        await _server.DisposeAsync();
        await _embedded.DisposeAsync();
    }
}
