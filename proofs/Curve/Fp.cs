using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Federation.Proofs.Curve;

/// <summary>
/// An element of the base field of BLS12-381: an integer modulo p = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf
/// 6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab. Held as six 64-bit limbs, least significant first, in Montgomery
/// form (times 2^384 mod p), always below p. Bytes are 48, big-endian, canonical (below p).
/// Immutable and safe to share between threads.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Fp : ICurveField<Fp>
{
    /// <summary>Length of the canonical encoding in bytes.</summary>
    public const int SizeBytes = 48;

    private readonly ulong _limb0;
    private readonly ulong _limb1;
    private readonly ulong _limb2;
    private readonly ulong _limb3;
    private readonly ulong _limb4;
    private readonly ulong _limb5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Fp(ulong limb0, ulong limb1, ulong limb2, ulong limb3, ulong limb4, ulong limb5)
    {
        _limb0 = limb0;
        _limb1 = limb1;
        _limb2 = limb2;
        _limb3 = limb3;
        _limb4 = limb4;
        _limb5 = limb5;
    }

    /// <summary>The additive identity.</summary>
    public static Fp Zero => default;

    /// <summary>The multiplicative identity.</summary>
    public static Fp One => new(
        0x760900000002fffd, 0xebf4000bc40c0002, 0x5f48985753c758ba,
        0x77ce585370525745, 0x5c071a97a256ec6d, 0x15f65ec3fa80e493);

    static int ICurveField<Fp>.EncodedBytes => SizeBytes;

    /// <summary>True for the additive identity.</summary>
    public bool IsZero => (_limb0 | _limb1 | _limb2 | _limb3 | _limb4 | _limb5) == 0;

    /// <summary>True when the canonical value is above (p - 1) / 2, and so above that of the negative.</summary>
    public bool IsGreaterThanNegative
    {
        get
        {
            Fp raw = ToRaw();
            return !IsBelow(raw, HalfModulusRoundedUp);
        }
    }

    /// <summary>The element congruent to <paramref name="value"/>.</summary>
    public static Fp FromUInt64(ulong value) => new Fp(value, 0, 0, 0, 0, 0) * MontgomeryRadixSquared;

    /// <summary>
    /// Reads 48 big-endian bytes. False, and zero, when the integer they encode is not below p.
    /// </summary>
    /// <exception cref="ArgumentException">The span is not 48 bytes long.</exception>
    public static bool TryFromBytes(ReadOnlySpan<byte> bigEndian, out Fp value)
    {
        RequireLength(bigEndian.Length);
        var raw = new Fp(
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[40..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[32..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian));
        if (!IsBelow(raw, Modulus))
        {
            value = default;
            return false;
        }

        value = raw * MontgomeryRadixSquared;
        return true;
    }

    /// <summary>Writes the canonical 48 big-endian bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 48 bytes long.</exception>
    public void WriteBytes(Span<byte> bigEndian)
    {
        RequireLength(bigEndian.Length);
        Fp raw = ToRaw();
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[40..], raw._limb0);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[32..], raw._limb1);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], raw._limb2);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], raw._limb3);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], raw._limb4);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, raw._limb5);
    }

    /// <summary>The canonical 48 big-endian bytes in a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[SizeBytes];
        WriteBytes(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Fp other) =>
        ((_limb0 ^ other._limb0) | (_limb1 ^ other._limb1) | (_limb2 ^ other._limb2) | (_limb3 ^ other._limb3)
            | (_limb4 ^ other._limb4) | (_limb5 ^ other._limb5)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fp other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_limb0, _limb1, _limb2, _limb3, _limb4, _limb5);

    /// <summary>Equality of elements.</summary>
    public static bool operator ==(in Fp left, in Fp right) => left.Equals(right);

    /// <summary>Inequality of elements.</summary>
    public static bool operator !=(in Fp left, in Fp right) => !left.Equals(right);

    /// <summary>The canonical value as 96 big-endian hexadecimal digits with prefix 0x.</summary>
    public override string ToString() => "0x" + Convert.ToHexStringLower(ToBytes());

    private Fp ToRaw() => this * new Fp(1, 0, 0, 0, 0, 0);

    private static void RequireLength(int length)
    {
        if (length != SizeBytes)
        {
            throw new ArgumentException($"An element of the base field is {SizeBytes} bytes long, not {length}.");
        }
    }
}
