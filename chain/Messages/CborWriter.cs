using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Federation.Chain.Messages;

/// <summary>
/// The part of canonical CBOR (RFC 8949 §4.2) that messages are made of: shortest heads, definite lengths, integers,
/// byte strings, text and arrays. Not thread-safe.
/// </summary>
internal sealed class CborWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    public CborWriter Array(int count) => Head(4, (ulong)count);

    public CborWriter Unsigned(ulong value) => Head(0, value);

    public CborWriter Integer(long value) => value >= 0 ? Head(0, (ulong)value) : Head(1, (ulong)~value);

    public CborWriter Bytes(ReadOnlySpan<byte> value)
    {
        Head(2, (ulong)value.Length);
        _output.Write(value);
        return this;
    }

    public CborWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Head(3, (ulong)bytes.Length);
        _output.Write(bytes);
        return this;
    }

    private CborWriter Head(int major, ulong argument)
    {
        Span<byte> head = stackalloc byte[9];
        var (additional, size) = argument switch
        {
            < 24 => ((int)argument, 0),
            <= byte.MaxValue => (24, 1),
            <= ushort.MaxValue => (25, 2),
            <= uint.MaxValue => (26, 4),
            _ => (27, 8),
        };
        head[0] = (byte)((major << 5) | additional);
        BinaryPrimitives.WriteUInt64BigEndian(head[1..], argument << (64 - (8 * Math.Max(size, 1))));
        _output.Write(head[..(1 + size)]);
        return this;
    }
}
