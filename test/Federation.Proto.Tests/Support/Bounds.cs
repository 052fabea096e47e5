using System.Net;
using System.Net.Sockets;

namespace Federation.Proto.Tests.Support;

/// <summary>Every await of a test has an end.</summary>
internal static class Bounds
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static Task Bounded(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Bounded<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>Waits for a condition that no event tells of; fails when it does not come true.</summary>
    public static async Task BecomesTrueAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }
    }

    /// <summary>An address that refuses connections for as long as the socket, which never listens, holds it.</summary>
    public static Socket Refusing(out string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        address = $"http://{socket.LocalEndPoint}";
        return socket;
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
