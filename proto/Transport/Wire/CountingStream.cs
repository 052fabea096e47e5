using System.Net.Sockets;

namespace Federation.Proto.Transport.Wire;

/// <summary>A socket's stream that tells a counter what passes through it.</summary>
internal sealed class CountingStream : NetworkStream
{
    private readonly WireCounter _counter;

    public CountingStream(Socket socket, WireCounter counter)
        : base(socket, ownsSocket: true) =>
        _counter = counter;

    public override int Read(Span<byte> buffer) => Received(base.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Received(base.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Received(await base.ReadAsync(buffer, cancellationToken));

    public override async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Received(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

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
        await base.WriteAsync(buffer, cancellationToken);
        _counter.AddSent(buffer.Length);
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        await base.WriteAsync(buffer.AsMemory(offset, count), cancellationToken);
        _counter.AddSent(count);
    }

    private int Received(int count)
    {
        _counter.AddReceived(count);
        return count;
    }
}
