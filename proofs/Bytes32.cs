using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Federation.Proofs;

/// <summary>
/// An immutable value of 32 bytes: a node, a commitment, a ticket, a seed or an identifier. Compared by content.
/// </summary>
public readonly struct Bytes32 : IEquatable<Bytes32>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly Content _content;

    /// <summary>Copies exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public Bytes32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"32 bytes are needed, {bytes.Length} were given.", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.CreateSpan(ref _content[0], Size));
    }

    /// <summary>Reads 64 hexadecimal digits, either case, without a prefix.</summary>
    public static bool TryParseHex(string? text, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var valid = text is { Length: 2 * Size }
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        value = valid ? new Bytes32(bytes) : default;
        return valid;
    }

    /// <summary>Reads 64 hexadecimal digits, either case, without a prefix.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Bytes32 FromHex(string text) => TryParseHex(text, out var value)
        ? value
        : throw new FormatException($"64 hexadecimal digits are needed, this is not that: \"{text}\".");

    /// <summary>The bytes, valid as long as the value itself.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.CreateReadOnlySpan(in _content[0], Size);

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary>Copies the bytes to the first 32 bytes of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => AsSpan().CopyTo(destination);

    /// <summary>True when every byte is zero.</summary>
    public bool IsZero => AsSpan().IndexOfAnyExcept((byte)0) < 0;

    /// <inheritdoc/>
    public bool Equals(Bytes32 other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bytes32 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(AsSpan());

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(AsSpan());

    /// <summary>Compares by content.</summary>
    public static bool operator ==(Bytes32 left, Bytes32 right) => left.Equals(right);

    /// <summary>Compares by content.</summary>
    public static bool operator !=(Bytes32 left, Bytes32 right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Content
    {
        private byte _first;
    }
}
