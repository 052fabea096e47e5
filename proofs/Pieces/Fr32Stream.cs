namespace Federation.Proofs.Pieces;

/// <summary>
/// Reads data as fr32: the padded form of another stream, whose last node is filled with zero bits. Read-only, forward
/// only, not thread-safe; does not dispose the other stream.
/// </summary>
public sealed class Fr32Stream(Stream data) : Stream
{
    private const int Groups = 512;

    private readonly byte[] _unpadded = new byte[Groups * Fr32.UnpaddedGroupBytes];
    private readonly byte[] _padded = new byte[Groups * Fr32.PaddedGroupBytes];
    private ReadOnlyMemory<byte> _ready;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_ready.IsEmpty)
        {
            int count = data.ReadAtLeast(_unpadded, _unpadded.Length, throwOnEndOfStream: false);
            int length = Fr32.EncodedLength(count);
            Fr32.Pad(_unpadded.AsSpan(0, count), _padded.AsSpan(0, length));
            _ready = _padded.AsMemory(0, length);
        }

        int taken = Math.Min(buffer.Length, _ready.Length);
        _ready.Span[..taken].CopyTo(buffer);
        _ready = _ready[taken..];
        return taken;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
