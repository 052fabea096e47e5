using System.Net;
using System.Net.Sockets;

namespace Federation.Testing;

/// <summary>
/// Ports on loopback for servers that are told theirs before they listen, or that come back to it. No other process of
/// tests gives the same: each holds a block of its own while it lives, and the blocks lie below the ports that the
/// programs choose and those that the system gives. Each port is given once.
/// </summary>
internal static class PortBlock
{
    private const int First = 10_000, Last = 20_000, Size = 1_000;
    private static readonly int[] ServeOffsets = [0, 1, 100];
    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Given = [];
    private static TcpListener? s_held;
    private static int s_first;

    /// <summary>The block's ports, for who chooses among them by himself: the first, and the one after the
    /// last.</summary>
    public static (int First, int Last) Range()
    {
        lock (Gate)
        {
            s_held ??= Hold();
            return (s_first + 1, s_first + Size);
        }
    }

    /// <summary>A port of its own.</summary>
    public static int One() => Find([0]);

    /// <summary>A port P of which P + 1 and P + 100 are its own too.</summary>
    public static int Serve() => Find(ServeOffsets);

    private static int Find(int[] offsets)
    {
        lock (Gate)
        {
            s_held ??= Hold();
            for (var port = s_first + 1; port < s_first + Size - offsets[^1]; port++)
            {
                if (offsets.All(offset => !Given.Contains(port + offset) && IsFree(port + offset)))
                {
                    Given.UnionWith(offsets.Select(offset => port + offset));
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"no port is left from {s_first} to {s_first + Size - 1}");
    }

    /// <summary>Who listens on a block's first port has it; the system ends that with the process.</summary>
    private static TcpListener Hold()
    {
        for (var first = First; first < Last; first += Size)
        {
            var held = new TcpListener(IPAddress.Loopback, first);
            try
            {
                held.Start();
                s_first = first;
                return held;
            }
            catch (SocketException)
            {
                held.Dispose();
            }
        }

        throw new InvalidOperationException($"all ports from {First} to {Last - 1} are held by other runs of tests");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
