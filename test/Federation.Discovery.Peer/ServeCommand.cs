using System.Globalization;
using System.Net;
using Federation.Discovery.Embedded;

namespace Federation.Discovery.Peer;

/// <summary>Serves an embedded store until standard input ends, which it does when the parent dies.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string folder, string port)
    {
        await using var store =
            await EmbeddedStore.OpenAsync(folder, new EmbeddedStoreOptions { SnapshotLogBytes = 256 * 1024 });
        var listen = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        await using var server = await EmbeddedStoreServer.StartAsync(store, listen);
        Console.WriteLine(server.EndPoint);
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
