using System.Net;
using System.Net.Sockets;
using Federation.Testing;

namespace Federation.Discovery.Tests.Support;

/// <summary>Forwards connections until a test cuts them, refuses new ones, or lets nothing through any more.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, PortBlock.One());
    private readonly string _target;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;
    private volatile bool _refuses;
    private volatile bool _swallowsAnswers;
    private volatile Func<Task>? _beforeAnswers;
    private int _accepted;

    public TcpProxy(string target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Ends all connections.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _sockets.ForEach(static socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    /// <summary>New connections are closed at once while true.</summary>
    public void Refuse(bool refuses) => _refuses = refuses;

    /// <summary>What the server answers disappears while true: the request arrives, the reply does not.</summary>
    public void SwallowAnswers(bool swallows) => _swallowsAnswers = swallows;

    /// <summary>Done before each piece of what the server answers is passed on.</summary>
    public void BeforeAnswers(Func<Task> act) => _beforeAnswers = act;

    /// <summary>Nobody else comes to listen on its port.</summary>
    public async ValueTask DisposeAsync()
    {
        // The loop ends first: a listener that stops between two accepts throws, and a connection in between stays
        // open.
        await _stopped.CancelAsync();
        await _accepting.BoundAsync();
        _listener.Stop();
        Cut();
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopped.Token);
                Interlocked.Increment(ref _accepted);
                if (_refuses)
                {
                    client.Dispose();
                    continue;
                }

                await ForwardAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Cut();
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(IPEndPoint.Parse(_target), _stopped.Token);
        lock (_lock)
        {
            _sockets.AddRange([client, server]);
        }

        _ = PumpAsync(client, server, static () => false, static () => Task.CompletedTask);
        _ = PumpAsync(server, client, () => _swallowsAnswers, () => _beforeAnswers?.Invoke() ?? Task.CompletedTask);
    }

    private async Task PumpAsync(Socket from, Socket to, Func<bool> swallows, Func<Task> before)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stopped.Token) is > 0 and var read)
            {
                await before();
                if (!swallows())
                {
                    await to.SendAsync(buffer.AsMemory(0, read), _stopped.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            _ = e;
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
