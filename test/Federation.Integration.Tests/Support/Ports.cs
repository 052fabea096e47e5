using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Federation.Integration.Tests.Support;

/// <summary>Free ports on loopback. A port may be taken by others between finding and use; a test that loses it fails loudly.</summary>
public static class Ports
{
    // Below the range that Linux takes outgoing connections' ports from: none of those comes between finding and use.
    private const int Lowest = 12000, Highest = 32600;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Given = [];

    public static int One() => Find(static port => [port]);

    /// <summary>P with P+1 and P+100 free.</summary>
    public static int Serve() => Find(static port => [port, port + 1, port + 100]);

    private static int Find(Func<int, int[]> wanted)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var ports = wanted(Probe());
            lock (Gate)
            {
                if (ports.All(static port => port < 65536 && !Given.Contains(port)) && ports.All(IsFree))
                {
                    Given.UnionWith(ports);
                    return ports[0];
                }
            }
        }

        throw new InvalidOperationException("no free ports on loopback after 200 attempts");
    }

    private static int Probe() => RandomNumberGenerator.GetInt32(Lowest, Highest);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
