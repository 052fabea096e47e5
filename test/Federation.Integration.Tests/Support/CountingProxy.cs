using System.Net;
using System.Net.Sockets;

namespace Federation.Integration.Tests.Support;

/// <summary>A TCP proxy on loopback that counts payload bytes and can be cut: the WAN between a region and the
/// rest.</summary>
public sealed class CountingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly Task _accept;
    private long _bytesUp;
    private long _bytesDown;
    private volatile bool _cut;

    public CountingProxy(IPEndPoint target)
    {
        _target = target;
        _listener.Start();
        _accept = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{Port}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long BytesUp => Interlocked.Read(ref _bytesUp);

    public long BytesDown => Interlocked.Read(ref _bytesDown);

    public long Bytes => BytesUp + BytesDown;

    /// <summary>Cuts all connections and refuses new ones until healed.</summary>
    public void Cut()
    {
        _cut = true;
        TcpClient[] open;
        lock (_gate)
        {
            open = [.. _open];
        }

        foreach (var client in open)
        {
            client.Close();
        }
    }

    public void Heal() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accept.WaitAsync(TimeSpan.FromMinutes(1));
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                running.RemoveAll(static task => task.IsCompleted);
                running.Add(RelayAsync(near));
            }
            catch (Exception error) when (
                error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(running);
    }

    private async Task RelayAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            if (_cut)
            {
                return;
            }

            await far.ConnectAsync(_target, _stop.Token);
            Track(near, far);
            await Task.WhenAny(
                PumpAsync(near.GetStream(), far.GetStream(), count => Interlocked.Add(ref _bytesUp, count)),
                PumpAsync(far.GetStream(), near.GetStream(), count => Interlocked.Add(ref _bytesDown, count)));
        }
        catch (Exception error) when (
            error is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The far side is down or the proxy was cut: the near side sees its connection close.
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(near);
                _open.Remove(far);
            }

            near.Close();
        }
    }

    private void Track(TcpClient near, TcpClient far)
    {
        lock (_gate)
        {
            _open.Add(near);
            _open.Add(far);
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action<int> count)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                count(read);
                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side closed: the relay ends and closes the other.
        }
    }
}
