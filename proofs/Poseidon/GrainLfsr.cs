using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>
/// The 80-bit Grain LFSR in self-shrinking mode that generates Poseidon's round constants (Poseidon paper, appendix F).
/// Not thread-safe; used once per arity.
/// </summary>
internal sealed class GrainLfsr
{
    private const int StateBits = 80;
    private const int FieldBits = 255;
    private const int DiscardedBits = 160;

    private readonly bool[] _state = new bool[StateBits];
    private int _oldest;

    internal GrainLfsr(int width, int fullRounds, int partialRounds)
    {
        int position = 0;
        Append(1, 2);
        Append(1, 4);
        Append(FieldBits, 12);
        Append(width, 12);
        Append(fullRounds, 10);
        Append(partialRounds, 10);
        Append((1 << 30) - 1, 30);
        for (int i = 0; i < DiscardedBits; i++)
        {
            NextRawBit();
        }

        void Append(int value, int bits)
        {
            for (int bit = bits - 1; bit >= 0; bit--)
            {
                _state[position++] = ((value >> bit) & 1) != 0;
            }
        }
    }

    /// <summary>The next constant: 255 bits, most significant first; numbers not below r are skipped.</summary>
    internal Fr NextElement()
    {
        Span<byte> littleEndian = stackalloc byte[Fr.SizeBytes];
        Fr element;
        do
        {
            littleEndian.Clear();
            for (int bit = FieldBits - 1; bit >= 0; bit--)
            {
                if (NextBit())
                {
                    littleEndian[bit >> 3] |= (byte)(1 << (bit & 7));
                }
            }
        }
        while (!Fr.TryFromBytes(littleEndian, out element));

        return element;
    }

    // Bits come in pairs: the first says whether the second is emitted.
    private bool NextBit()
    {
        while (!NextRawBit())
        {
            NextRawBit();
        }

        return NextRawBit();
    }

    private bool NextRawBit()
    {
        bool bit = At(0) ^ At(13) ^ At(23) ^ At(38) ^ At(51) ^ At(62);
        _state[_oldest] = bit;
        _oldest = (_oldest + 1) % StateBits;
        return bit;
    }

    private bool At(int age) => _state[(_oldest + age) % StateBits];
}
