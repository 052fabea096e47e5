using System.Buffers.Text;

namespace Federation.Proofs.Commit1;

/// <summary>
/// Buffered writer of JSON without blanks, byte arrays as arrays of numbers, as serde_json writes it. Not thread-safe.
/// </summary>
internal sealed class CompactJsonWriter(Stream output)
{
    private const int LongestNumber = 20;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    /// <summary>Writes text as it is.</summary>
    public void Raw(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }

    /// <summary>Writes an ASCII name as it is; names are short and known, so that nothing needs escaping.</summary>
    public void Name(string name)
    {
        Reserve(name.Length);
        _used += System.Text.Encoding.ASCII.GetBytes(name, _buffer.AsSpan(_used));
    }

    /// <summary>
    /// Writes a string in quotes, escaped as serde_json escapes: quote, backslash and control characters only.
    /// </summary>
    public void String(string text)
    {
        Raw("\""u8);
        foreach (var octet in System.Text.Encoding.UTF8.GetBytes(text))
        {
            Character(octet);
        }

        Raw("\""u8);
    }

    /// <summary>Writes a decimal number.</summary>
    public void Number(ulong value)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out var count);
        _used += count;
    }

    /// <summary>Writes <c>[1,2,3]</c>.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve((bytes.Length * 4) + 2);
        _buffer[_used++] = (byte)'[';
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i > 0)
            {
                _buffer[_used++] = (byte)',';
            }

            Digits(bytes[i]);
        }

        _buffer[_used++] = (byte)']';
    }

    /// <summary>Writes <c>[[…],[…]]</c>, one inner array per 32 bytes.</summary>
    public void Nodes(ReadOnlySpan<byte> nodes)
    {
        Raw("["u8);
        for (var i = 0; i < nodes.Length; i += Bytes32.Size)
        {
            Separate(i > 0);
            Bytes(nodes.Slice(i, Bytes32.Size));
        }

        Raw("]"u8);
    }

    /// <summary>Writes a list, separated by commas.</summary>
    public void List<T>(IReadOnlyList<T> items, Action<T> write)
    {
        Raw("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            Separate(i > 0);
            write(items[i]);
        }

        Raw("]"u8);
    }

    /// <summary>Writes a comma unless this is the first of a list.</summary>
    public void Separate(bool needed)
    {
        if (needed)
        {
            Raw(","u8);
        }
    }

    /// <summary>Passes everything on to the stream.</summary>
    public void Flush()
    {
        output.Write(_buffer, 0, _used);
        _used = 0;
    }

    private void Character(byte octet)
    {
        var escaped = octet switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\r' => "\\r"u8,
            < 0x10 => [.. "\\u000"u8, HexDigit(octet)],
            < 0x20 => [.. "\\u001"u8, HexDigit(octet & 0xf)],
            _ => new ReadOnlySpan<byte>(in octet),
        };
        Raw(escaped);
    }

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value];

    private void Digits(byte value)
    {
        if (value >= 100)
        {
            _buffer[_used++] = (byte)('0' + (value / 100));
        }

        if (value >= 10)
        {
            _buffer[_used++] = (byte)('0' + (value / 10 % 10));
        }

        _buffer[_used++] = (byte)('0' + (value % 10));
    }

    private void Reserve(int count)
    {
        if (_used + count > _buffer.Length)
        {
            Flush();
        }
    }
}
