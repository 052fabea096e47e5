using System.Buffers.Binary;

namespace Federation.Proofs.Fields;

/// <summary>
/// Constants for <see cref="FrBlock"/> arithmetic: an element in Montgomery form as five signed limbs of at most 2^51,
/// the representative nearest to zero, so at most r/2 in magnitude.
/// </summary>
internal static class FrDigits
{
    private const long LimbMask = (1L << FrBlock.LimbBits) - 1;

    private static readonly Fr Radix = Fr.FromUInt64(2).PowVarTime(FrBlock.Limbs * FrBlock.LimbBits);

    /// <summary>The multiplier that brings a plain integer into Montgomery form: 2^260 in Montgomery form.</summary>
    public static Fr FromPlain => Radix;

    /// <summary>The multiplier from the Montgomery form of <see cref="Fr"/>, 2^256, to the one of blocks.</summary>
    public static Fr FromFr => Fr.FromUInt64(16);

    /// <summary>
    /// The multiplier back: a block's integer becomes, where Montgomery form is then taken off, the one of
    /// <see cref="Fr"/>.
    /// </summary>
    public static Fr ToFr => Fr.FromUInt64(2).PowVarTime(256);

    /// <summary>Writes the limbs of a constant, least significant first.</summary>
    public static void Write(in Fr value, Span<double> limbs)
    {
        Fr scaled = value * Radix;
        Fr negated = -scaled;
        bool negative = IsLess(negated, scaled);
        Split(negative ? negated : scaled, limbs);
        if (negative)
        {
            for (int i = 0; i < FrBlock.Limbs; i++)
            {
                limbs[i] = -limbs[i];
            }
        }
    }

    private static void Split(in Fr value, Span<double> limbs)
    {
        Span<byte> bytes = stackalloc byte[Fr.SizeBytes + sizeof(ulong)];
        bytes.Clear();
        value.WriteBytes(bytes[..Fr.SizeBytes]);
        long carry = 0;
        for (int i = 0; i < FrBlock.Limbs; i++)
        {
            int bit = i * FrBlock.LimbBits;
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(bit / 8)..]) >> (bit % 8);
            long limb = ((long)word & LimbMask) + carry;
            carry = i < FrBlock.Limbs - 1 && limb >= 1L << (FrBlock.LimbBits - 1) ? 1 : 0;
            limbs[i] = limb - (carry << FrBlock.LimbBits);
        }
    }

    private static bool IsLess(in Fr left, in Fr right)
    {
        Span<byte> a = stackalloc byte[Fr.SizeBytes], b = stackalloc byte[Fr.SizeBytes];
        left.WriteBytes(a);
        right.WriteBytes(b);
        a.Reverse();
        b.Reverse();
        return a.SequenceCompareTo(b) < 0;
    }
}
