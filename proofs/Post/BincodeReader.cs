using System.Buffers.Binary;

namespace Federation.Proofs.Post;

/// <summary>Reads bincode whose lengths are known beforehand; never allocates more than is there.</summary>
internal sealed class BincodeReader(ReadOnlyMemory<byte> bytes)
{
    private int _position;

    /// <summary>An enum's case.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span);

    /// <summary>A number or a length.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span);

    /// <summary>A field element's 32 bytes.</summary>
    public Bytes32 Node() => new(Take(Bytes32.Size).Span);

    /// <summary>So many times 32 bytes, not copied.</summary>
    public ReadOnlyMemory<byte> Nodes(int count) => Take(count * Bytes32.Size);

    /// <summary>Requires this length.</summary>
    /// <exception cref="PostFormatException">Another one comes.</exception>
    public void Expect(ulong length, string what)
    {
        var offset = _position;
        var found = UInt64();
        Require(found == length, offset, $"expected {what}, found {found}");
    }

    /// <summary>Requires this case of an enum.</summary>
    /// <exception cref="PostFormatException">Another one comes.</exception>
    public void ExpectCase(uint number, string what)
    {
        var offset = _position;
        var found = UInt32();
        Require(found == number, offset, $"expected {what}, found case {found}");
    }

    /// <summary>A position among so many.</summary>
    /// <exception cref="PostFormatException">It is not below the count.</exception>
    public int Index(int count)
    {
        var offset = _position;
        var found = UInt64();
        Require(found < (ulong)count, offset, $"expected a position below {count}, found {found}");
        return (int)found;
    }

    /// <summary>Requires that nothing follows.</summary>
    /// <exception cref="PostFormatException">Something does.</exception>
    public void End() => Require(_position == bytes.Length, _position, "expected the end");

    private static void Require(bool condition, int offset, string expected)
    {
        if (!condition)
        {
            throw new PostFormatException(offset, expected);
        }
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        Require(bytes.Length - _position >= count, bytes.Length, $"expected {count} bytes from byte {_position} on");
        _position += count;
        return bytes.Slice(_position - count, count);
    }
}
