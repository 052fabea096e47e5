using System.Net.Sockets;

namespace Federation.Proto.Transport.Wire;

/// <summary>
/// A socket's stream that tells a counter what passes through it, and looks at how the server begins.
/// </summary>
internal sealed class CountingStream : NetworkStream
{
    private readonly WireCounter _counter;
    private readonly Http2Preface? _preface;
    private long _received;

    /// <param name="socket">The socket.</param>
    /// <param name="counter">Told of all bytes.</param>
    /// <param name="preface">Shown what the server sends; null where TLS hides it.</param>
    public CountingStream(Socket socket, WireCounter counter, Http2Preface? preface)
        : base(socket, ownsSocket: true) =>
        (_counter, _preface) = (counter, preface);

    public override int Read(Span<byte> buffer) => Received(buffer, base.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            return Received(buffer.Span, count);
        }
        catch (IOException e) when (IsHangUp(e))
        {
            _preface?.Look([], _received);
            throw;
        }
    }

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        _counter.AddSent(buffer.Length);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        base.Write(buffer, offset, count);
        _counter.AddSent(count);
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (IsHangUp(e))
        {
            _preface?.Look([], _received);
            throw;
        }

        _counter.AddSent(buffer.Length);
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        await WriteAsync(buffer.AsMemory(offset, count), cancellationToken);
    }

    /// <summary>The other side has closed the connection on what it had not read.</summary>
    private static bool IsHangUp(IOException e) => e.InnerException is SocketException
    {
        SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown,
    };

    private int Received(ReadOnlySpan<byte> buffer, int count)
    {
        _counter.AddReceived(count);
        if (!buffer.IsEmpty)
        {
            // The HTTP client waits for bytes by reading none first.
            _preface?.Look(buffer[..count], _received);
        }

        _received += count;
        return count;
    }
}
