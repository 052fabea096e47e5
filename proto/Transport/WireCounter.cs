namespace Federation.Proto.Transport;

/// <summary>
/// Bytes that crossed the sockets of one or more channels, below TLS: what a proxy in between would count. Thread-safe;
/// counts only grow.
/// </summary>
public sealed class WireCounter
{
    private long _sent;
    private long _received;

    /// <summary>Bytes written to sockets.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    /// <summary>Bytes read from sockets.</summary>
    public long BytesReceived => Interlocked.Read(ref _received);

    internal void AddSent(int count) => Interlocked.Add(ref _sent, count);

    internal void AddReceived(int count) => Interlocked.Add(ref _received, count);
}
