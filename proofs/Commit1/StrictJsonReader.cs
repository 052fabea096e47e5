namespace Federation.Proofs.Commit1;

/// <summary>
/// Reads JSON that is known beforehand up to its numbers: no blanks, no other order, no leading zeros. Whoever reads
/// says what must come, so that no input can make it allocate, recurse or wait for more than that. Not thread-safe.
/// </summary>
/// <param name="input">The bytes; not closed.</param>
/// <param name="malformed">Makes the exception of a wrong byte from its offset and from what was expected.</param>
internal sealed class StrictJsonReader(Stream input, Func<long, string, FormatException> malformed)
{
    private const int EndOfInput = -1;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _position;
    private int _length;
    private long _start;

    /// <summary>Bytes consumed.</summary>
    public long Offset => _start + _position;

    /// <summary>Consumes exactly this text.</summary>
    /// <exception cref="FormatException">Something else comes.</exception>
    public void Expect(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Peek() != text[i])
            {
                throw Unexpected($"expected {System.Text.Encoding.ASCII.GetString(text)}");
            }

            _position++;
        }
    }

    /// <summary>Consumes one byte when it is this one.</summary>
    public bool Accept(byte value)
    {
        var accepted = Peek() == value;
        _position += accepted ? 1 : 0;
        return accepted;
    }

    /// <summary>Consumes a decimal number without leading zeros.</summary>
    /// <exception cref="FormatException">
    /// None comes, or it is larger than <paramref name="largest"/>.
    /// </exception>
    public ulong Number(ulong largest)
    {
        if (Peek() is < '0' or > '9')
        {
            throw Unexpected("expected a number");
        }

        if (Accept((byte)'0'))
        {
            return 0;
        }

        UInt128 value = 0;
        for (var digit = Peek(); digit is >= '0' and <= '9'; digit = Peek())
        {
            value = (value * 10) + (UInt128)(digit - '0');
            if (value > largest)
            {
                throw Unexpected($"expected a number up to {largest}");
            }

            _position++;
        }

        return (ulong)value;
    }

    /// <summary>Consumes an array of numbers up to 255, one per byte.</summary>
    public void Bytes(Span<byte> destination)
    {
        Expect("["u8);
        for (var i = 0; i < destination.Length; i++)
        {
            if (i > 0)
            {
                Expect(","u8);
            }

            destination[i] = (byte)Number(byte.MaxValue);
        }

        Expect("]"u8);
    }

    /// <summary>Consumes an array of so many arrays of 32 numbers.</summary>
    public byte[] Nodes(int count)
    {
        var nodes = new byte[count * Bytes32.Size];
        Expect("["u8);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                Expect(","u8);
            }

            Bytes(nodes.AsSpan(i * Bytes32.Size, Bytes32.Size));
        }

        Expect("]"u8);
        return nodes;
    }

    /// <summary>Consumes an array of so many items.</summary>
    public T[] List<T>(int count, Func<T> read)
    {
        var items = new T[count];
        Expect("["u8);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                Expect(","u8);
            }

            items[i] = read();
        }

        Expect("]"u8);
        return items;
    }

    /// <summary>Requires that nothing follows.</summary>
    public void End()
    {
        if (Peek() != EndOfInput)
        {
            throw Unexpected("expected the end");
        }
    }

    private int Peek()
    {
        if (_position == _length)
        {
            _start += _length;
            _position = 0;
            _length = input.Read(_buffer);
        }

        return _length == 0 ? EndOfInput : _buffer[_position];
    }

    private FormatException Unexpected(string expected) =>
        malformed(Offset, Peek() == EndOfInput ? $"{expected}, but it ends there" : expected);
}
