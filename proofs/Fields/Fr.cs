using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Federation.Proofs.Fields;

/// <summary>
/// An element of the scalar field of BLS12-381: an integer modulo
/// r = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001.
/// Held as four 64-bit limbs, least significant first, in Montgomery form (times 2^256 mod r), always below r.
/// Bytes are 32, little-endian, canonical (below r). Immutable and safe to share between threads.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Fr : IEquatable<Fr>
{
    /// <summary>Length of the canonical encoding in bytes.</summary>
    public const int SizeBytes = 32;

    private readonly ulong _limb0;
    private readonly ulong _limb1;
    private readonly ulong _limb2;
    private readonly ulong _limb3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Fr(ulong limb0, ulong limb1, ulong limb2, ulong limb3)
    {
        _limb0 = limb0;
        _limb1 = limb1;
        _limb2 = limb2;
        _limb3 = limb3;
    }

    /// <summary>The additive identity.</summary>
    public static Fr Zero => default;

    /// <summary>The multiplicative identity.</summary>
    public static Fr One => new(0x00000001fffffffe, 0x5884b7fa00034802, 0x998c4fefecbc4ff5, 0x1824b159acc5056f);

    /// <summary>True for the additive identity.</summary>
    public bool IsZero => (_limb0 | _limb1 | _limb2 | _limb3) == 0;

    /// <summary>The element congruent to <paramref name="value"/>.</summary>
    public static Fr FromUInt64(ulong value) => new Fr(value, 0, 0, 0) * MontgomeryRadixSquared;

    /// <summary>
    /// Reads 32 little-endian bytes. False, and zero, when the integer they encode is not below r.
    /// </summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public static bool TryFromBytes(ReadOnlySpan<byte> littleEndian, out Fr value)
    {
        Fr raw = ReadLimbs(littleEndian);
        if (!IsBelowModulus(raw))
        {
            value = default;
            return false;
        }

        value = raw * MontgomeryRadixSquared;
        return true;
    }

    /// <summary>Reads 32 little-endian bytes that are known to be canonical.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    /// <exception cref="NonCanonicalFieldElementException">The bytes encode an integer that is not below r.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Fr FromBytes(ReadOnlySpan<byte> littleEndian)
    {
        Fr raw = ReadLimbs(littleEndian);
        if (!IsBelowModulus(raw))
        {
            throw new NonCanonicalFieldElementException(littleEndian);
        }

        return raw * MontgomeryRadixSquared;
    }

    /// <summary>Writes the canonical 32 little-endian bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBytes(Span<byte> littleEndian)
    {
        WriteLimbs(this * new Fr(1, 0, 0, 0), littleEndian);
    }

    /// <summary>
    /// Adds two canonical encodings modulo r without leaving the encoding. False, and nothing written, when one of them
    /// is not canonical. <paramref name="sum"/> may be one of the operands.
    /// </summary>
    /// <exception cref="ArgumentException">A span is not 32 bytes long.</exception>
    public static bool TryAddBytes(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> sum)
    {
        Fr a = ReadLimbs(left);
        Fr b = ReadLimbs(right);
        if (!IsBelowModulus(a) || !IsBelowModulus(b))
        {
            return false;
        }

        WriteLimbs(a + b, sum);
        return true;
    }

    /// <summary>
    /// Subtracts two encodings modulo r, without Montgomery form: false, and nothing written, when one of them is not
    /// canonical. <paramref name="difference"/> may be one of the operands.
    /// </summary>
    /// <exception cref="ArgumentException">A span is not 32 bytes long.</exception>
    public static bool TrySubtractBytes(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> difference)
    {
        Fr a = ReadLimbs(left);
        Fr b = ReadLimbs(right);
        if (!IsBelowModulus(a) || !IsBelowModulus(b))
        {
            return false;
        }

        WriteLimbs(a - b, difference);
        return true;
    }

    /// <summary>The canonical 32 little-endian bytes in a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[SizeBytes];
        WriteBytes(bytes);
        return bytes;
    }

    /// <summary>True when the 32 little-endian bytes encode an integer below r.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public static bool IsCanonical(ReadOnlySpan<byte> littleEndian) => IsBelowModulus(ReadLimbs(littleEndian));

    /// <inheritdoc/>
    public bool Equals(Fr other) =>
        ((_limb0 ^ other._limb0) | (_limb1 ^ other._limb1) | (_limb2 ^ other._limb2) | (_limb3 ^ other._limb3)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fr other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_limb0, _limb1, _limb2, _limb3);

    /// <summary>Equality of elements.</summary>
    public static bool operator ==(in Fr left, in Fr right) => left.Equals(right);

    /// <summary>Inequality of elements.</summary>
    public static bool operator !=(in Fr left, in Fr right) => !left.Equals(right);

    /// <summary>The canonical value as 64 big-endian hexadecimal digits with prefix 0x.</summary>
    public override string ToString()
    {
        byte[] bytes = ToBytes();
        Array.Reverse(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fr ReadLimbs(ReadOnlySpan<byte> littleEndian)
    {
        RequireLength(littleEndian.Length);
        return new Fr(
            BinaryPrimitives.ReadUInt64LittleEndian(littleEndian),
            BinaryPrimitives.ReadUInt64LittleEndian(littleEndian[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(littleEndian[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(littleEndian[24..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLimbs(in Fr raw, Span<byte> littleEndian)
    {
        RequireLength(littleEndian.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(littleEndian, raw._limb0);
        BinaryPrimitives.WriteUInt64LittleEndian(littleEndian[8..], raw._limb1);
        BinaryPrimitives.WriteUInt64LittleEndian(littleEndian[16..], raw._limb2);
        BinaryPrimitives.WriteUInt64LittleEndian(littleEndian[24..], raw._limb3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RequireLength(int length)
    {
        if (length != SizeBytes)
        {
            throw new ArgumentException($"A field element is {SizeBytes} bytes long, not {length}.");
        }
    }
}
