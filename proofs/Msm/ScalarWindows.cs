using System.Buffers.Binary;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// Scalars in signed digits of some bits: with half of the base added at every digit's place, the digits of the sum
/// less that half are those of the scalar, and none needs a carry of the one below.
/// </summary>
internal sealed class ScalarWindows
{
    /// <summary>Words of a scalar with the halves added.</summary>
    public const int Words = 5;

    /// <summary>The least and the greatest width; a digit has 16 bits at most.</summary>
    public const int MinBits = 4, MaxBits = 16;

    private const int ScalarBits = 255;

    private readonly ulong[] _halves = new ulong[Words];

    /// <summary>Digits of so many bits.</summary>
    public ScalarWindows(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        Bits = bits;
        Count = (ScalarBits / bits) + 1;
        for (int i = 0; i < Count; i++)
        {
            int bit = (i * bits) + bits - 1;
            _halves[bit / 64] |= 1UL << (bit % 64);
        }
    }

    /// <summary>Width of a digit.</summary>
    public int Bits { get; }

    /// <summary>Number of digits.</summary>
    public int Count { get; }

    /// <summary>The greatest magnitude of a digit.</summary>
    public int Half => 1 << (Bits - 1);

    /// <summary>
    /// The width that takes least time for so many scalars: an addition each and window, and about four for each
    /// possible digit to weigh the sums.
    /// </summary>
    public static ScalarWindows For(long scalars)
    {
        var best = new ScalarWindows(MinBits);
        for (int bits = MinBits + 1; bits <= MaxBits; bits++)
        {
            var windows = new ScalarWindows(bits);
            best = Cost(windows, scalars) < Cost(best, scalars) ? windows : best;
        }

        return best;
    }

    /// <summary>Writes the words from which digits are taken.</summary>
    public void Write(in Fr scalar, Span<ulong> words)
    {
        Span<byte> bytes = stackalloc byte[Fr.SizeBytes];
        scalar.WriteBytes(bytes);
        UInt128 carry = 0;
        for (int i = 0; i < Words; i++)
        {
            ulong word = i < Words - 1 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]) : 0;
            carry += (UInt128)word + _halves[i];
            words[i] = (ulong)carry;
            carry >>= 64;
        }
    }

    /// <summary>The digit of a window, from -<see cref="Half"/> to <see cref="Half"/> - 1.</summary>
    public short Digit(ReadOnlySpan<ulong> words, int window)
    {
        int bit = window * Bits, word = bit / 64, shift = bit % 64;
        ulong value = words[word] >> shift;
        if (shift + Bits > 64)
        {
            value |= words[word + 1] << (64 - shift);
        }

        return (short)((int)(value & ((1UL << Bits) - 1)) - Half);
    }

    private static double Cost(ScalarWindows windows, long scalars) =>
        windows.Count * (scalars + (4.0 * windows.Half));
}
