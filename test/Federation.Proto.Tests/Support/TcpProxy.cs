using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Federation.Proto.Tests.Support;

/// <summary>Passes bytes between a client and a server, counts them, and can cut every connection.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private long _up;
    private long _down;

    public TcpProxy(Uri target)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target.Port);
        _listener.Start();
        Address = new UriBuilder(target) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Bytes from client to server.</summary>
    public long Up => Interlocked.Read(ref _up);

    /// <summary>Bytes from server to client.</summary>
    public long Down => Interlocked.Read(ref _down);

    /// <summary>Resets every connection that is open now.</summary>
    public void Cut()
    {
        while (_sockets.TryTake(out var socket))
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The loop ends first: a listener that stops between two accepts throws, and a connection in between stays
        // open.
        await _stop.CancelAsync();
        await _accepting.Bounded();
        _listener.Stop();
        Cut();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await AcceptOneAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or one of the two hung up before they were joined.
            }
        }
    }

    private async Task AcceptOneAsync()
    {
        var client = await _listener.AcceptSocketAsync(_stop.Token);
        _sockets.Add(client);
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _sockets.Add(server);
        client.NoDelay = true;
        await server.ConnectAsync(_target, _stop.Token);
        _ = PumpAsync(client, server, count => Interlocked.Add(ref _up, count));
        _ = PumpAsync(server, client, count => Interlocked.Add(ref _down, count));
    }

    private static async Task PumpAsync(Socket from, Socket to, Action<int> count)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                count(read);
                await to.SendAsync(buffer.AsMemory(0, read));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two is gone.
        }
    }
}
