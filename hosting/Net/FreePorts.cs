using System.Net;
using System.Net.Sockets;

namespace Federation.Hosting.Net;

/// <summary>Chooses ports on the loopback address that nobody listens on, each only once.</summary>
/// <param name="random">Chooses.</param>
/// <param name="first">The first port of those to choose from.</param>
/// <param name="last">The one after the last.</param>
/// <remarks>
/// Another program may take one between choice and use. Not thread-safe. Unless others are asked for, the ports lie
/// below the range from which Linux gives ports to outgoing connections, so none is taken by chance.
/// </remarks>
public sealed class FreePorts(Random random, int first = 20_000, int last = 32_000)
{
    private const int Attempts = 2_000;
    private static readonly int[] ServeOffsets = [0, 1, 100];

    private readonly HashSet<int> _taken = [], _reserved = [];

    /// <summary>A port of its own.</summary>
    public int One() => Find([0]);

    /// <summary>A port P of which P + 1 and P + 100 are free as well.</summary>
    public int Serve() => Find(ServeOffsets);

    /// <summary>
    /// Keeps those ports that are still free, before any is replaced by one that another wanted to keep.
    /// </summary>
    /// <param name="singles">Ports of their own.</param>
    /// <param name="serves">Ports P, to keep only with P + 1 and P + 100.</param>
    public void Reserve(IEnumerable<int> singles, IEnumerable<int> serves)
    {
        _reserved.UnionWith([.. singles.Where(port => Keep(port, [0]))]);
        _reserved.UnionWith([.. serves.Where(port => Keep(port, ServeOffsets))]);
    }

    /// <summary>The port wanted when it was reserved, else another.</summary>
    public int OneOr(int wanted) => _reserved.Contains(wanted) ? wanted : One();

    /// <summary>The port P wanted when it was reserved, else another.</summary>
    public int ServeOr(int wanted) => _reserved.Contains(wanted) ? wanted : Serve();

    private int Find(int[] offsets)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = random.Next(first, last - offsets[^1]);
            if (Keep(port, offsets))
            {
                return port;
            }
        }

        throw new OperatorException(
            $"no free ports were found on 127.0.0.1 between {first} and {last}", "stop what listens there");
    }

    private bool Keep(int port, int[] offsets)
    {
        if (offsets.Any(offset => _taken.Contains(port + offset) || !IsFree(port + offset)))
        {
            return false;
        }

        _taken.UnionWith(offsets.Select(offset => port + offset));
        return true;
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
