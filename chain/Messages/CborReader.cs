using System.Buffers.Binary;
using System.Text;

namespace Federation.Chain.Messages;

/// <summary>Reads what <see cref="CborWriter"/> writes, and refuses everything else, longer heads included.</summary>
/// <exception cref="FormatException">From every member: the bytes are not what is asked for.</exception>
internal ref struct CborReader(ReadOnlySpan<byte> input)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = input;

    public int Array() => checked((int)Math.Min(Head(4), int.MaxValue));

    public ulong Unsigned() => Head(0);

    public long Integer()
    {
        var negative = !_rest.IsEmpty && _rest[0] >> 5 == 1;
        var argument = Head(negative ? 1 : 0);
        return argument <= long.MaxValue
            ? (negative ? ~(long)argument : (long)argument)
            : throw new FormatException("an integer of a message does not fit 64 bits");
    }

    public byte[] Bytes() => Take(Head(2)).ToArray();

    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Take(Head(3)));
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException("a text of a message is not UTF-8", error);
        }
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new FormatException($"{_rest.Length} bytes follow the message");
        }
    }

    private ulong Head(int major)
    {
        var first = Take(1)[0];
        if (first >> 5 != major)
        {
            throw new FormatException($"a message holds CBOR type {first >> 5} where type {major} belongs");
        }

        var additional = first & 0x1f;
        var (argument, least) = additional switch
        {
            < 24 => ((ulong)additional, 0UL),
            24 => (Take(1)[0], 24UL),
            25 => (BinaryPrimitives.ReadUInt16BigEndian(Take(2)), byte.MaxValue + 1UL),
            26 => (BinaryPrimitives.ReadUInt32BigEndian(Take(4)), ushort.MaxValue + 1UL),
            27 => (BinaryPrimitives.ReadUInt64BigEndian(Take(8)), uint.MaxValue + 1UL),
            _ => throw new FormatException("a message holds an indefinite length"),
        };
        return argument >= least ? argument
            : throw new FormatException("a message holds a length that is not the shortest");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            throw new FormatException("a message ends in the middle");
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
