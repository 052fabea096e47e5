using System.Buffers.Binary;

namespace Federation.Proto.Transport.Wire;

/// <summary>
/// Cuts a byte stream into messages; how the bytes were split on their way does not matter. The caller fills
/// <see cref="GetBuffer"/>, calls <see cref="Advance"/> and takes messages with <see cref="TryRead"/>. A length over
/// the limit is refused before anything is allocated for it, and the buffer grows with what has arrived, not with what
/// was announced. Not thread-safe.
/// </summary>
internal sealed class FrameDecoder
{
    private const int InitialBytes = 4096;
    private const int RetainedBytes = 64 * 1024;

    private readonly int _maxMessageBytes;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _wanted = Frame.HeaderSize;

    /// <summary>Creates a decoder for messages of at most <paramref name="maxMessageBytes"/>.</summary>
    public FrameDecoder(int maxMessageBytes) => _maxMessageBytes = maxMessageBytes;

    /// <summary>Room for at least one byte.</summary>
    public Memory<byte> GetBuffer()
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_buffer.Length > RetainedBytes)
            {
                _buffer = [];
            }
        }

        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Counts bytes that were written into <see cref="GetBuffer"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>
    /// Takes the next message if it is complete; the span is valid until the next <see cref="GetBuffer"/>. Throws
    /// <see cref="RpcException"/> for a stream that breaks the framing or the limit.
    /// </summary>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        message = default;
        _wanted = Frame.HeaderSize;
        var pending = _buffer.AsSpan(_start, _end - _start);
        if (pending.IsEmpty)
        {
            return false;
        }

        CheckFlag(pending[0]);
        if (pending.Length < Frame.HeaderSize)
        {
            return false;
        }

        var length = CheckedLength(BinaryPrimitives.ReadUInt32BigEndian(pending[1..]));
        if (pending.Length - Frame.HeaderSize < length)
        {
            _wanted = Frame.HeaderSize + length;
            return false;
        }

        message = pending.Slice(Frame.HeaderSize, length);
        _start += Frame.HeaderSize + length;
        return true;
    }

    /// <summary>The stream is at its end. Throws <see cref="RpcException"/> when it ended inside a message.</summary>
    public void Complete()
    {
        if (_start != _end)
        {
            throw new RpcException(StatusCode.Internal, "The stream ended inside a message.");
        }
    }

    private void MakeRoom()
    {
        var pending = _buffer.AsSpan(_start, _end - _start);
        var target = _buffer;
        if (pending.Length == _buffer.Length || _wanted > _buffer.Length)
        {
            var doubled = Math.Max(InitialBytes, checked(_buffer.Length * 2));
            target = new byte[_wanted > _buffer.Length ? Math.Max(InitialBytes, Math.Min(doubled, _wanted)) : doubled];
        }

        pending.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, pending.Length);
    }

    /// <summary>Other encodings were refused with the headers: any flag but 0 breaks what was agreed.</summary>
    private static void CheckFlag(byte flag)
    {
        if (flag != 0)
        {
            throw new RpcException(
                StatusCode.Internal, $"A message carries flag {flag} where no compression was agreed.");
        }
    }

    private int CheckedLength(uint length) =>
        length <= (uint)_maxMessageBytes
            ? (int)length
            : throw new RpcException(
                StatusCode.ResourceExhausted,
                $"A message of {length} bytes is over the receiving limit of {_maxMessageBytes} bytes.");
}
