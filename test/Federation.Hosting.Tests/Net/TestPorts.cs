using System.Net;
using System.Net.Sockets;
using Federation.Hosting.Net;

namespace Federation.Testing;

/// <summary>
/// Free ports on loopback, each given once, from a range that this process has for itself: test projects run side by
/// side, and between a port's choice and its use another could choose it too. Thread-safe.
/// </summary>
public static class TestPorts
{
    // Below the ports that a launcher chooses, which are below those of outgoing connections.
    private const int First = 10_000, Ranges = 10, RangeSize = 1_000;

    private static readonly Lock Gate = new();
    private static readonly (TcpListener? Held, int Number) Range = TakeRange();
    private static readonly FreePorts Free = NewFreePorts(Random.Shared);

    /// <summary>A port of its own.</summary>
    public static int One()
    {
        lock (Gate)
        {
            return Free.One();
        }
    }

    /// <summary>A port P with P + 1 and P + 100.</summary>
    public static int Serve()
    {
        lock (Gate)
        {
            return Free.Serve();
        }
    }

    /// <summary>A chooser of its own within the process's range, which may choose what others here chose.</summary>
    public static FreePorts NewFreePorts(Random random)
    {
        var first = First + (Range.Number * RangeSize);
        return new FreePorts(random, first, first + RangeSize);
    }

    /// <summary>
    /// Who listens on a range's first port has it, whatever folder its temporary files are in, and gives it back with
    /// the process. Where all are taken, one is shared.
    /// </summary>
    private static (TcpListener? Held, int Number) TakeRange()
    {
        for (var number = 0; number < Ranges; number++)
        {
            var held = new TcpListener(IPAddress.Loopback, First + (number * RangeSize));
            try
            {
                held.Start();
                return (held, number);
            }
            catch (SocketException)
            {
                held.Dispose();
            }
        }

        return (null, Random.Shared.Next(Ranges));
    }
}
