namespace Federation.Storage.Unsealed;

/// <summary>
/// Filecoin's RLE+ of a set of bit numbers, given as ascending ranges that neither touch nor overlap. Bits run from
/// each byte's lowest: version 00, the first run's value, then runs of alternating value: 1 = one bit; 01 and 4 bits =
/// up to 15; 00 and a LEB128 number = more. No bytes = the empty set. Source: Filecoin specification, RLE+ bitset
/// encoding.
/// </summary>
internal static class RlePlus
{
    private const int ShortBits = 4;
    private const long ShortLimit = 1 << ShortBits;

    /// <summary>Encodes ranges.</summary>
    public static byte[] Encode(IReadOnlyList<ByteRange> ranges)
    {
        if (ranges.Count == 0)
        {
            return [];
        }

        var bits = new BitWriter();
        bits.Write(0, 2);
        bits.Write(ranges[0].Offset == 0 ? 1 : 0, 1);
        var position = 0L;
        foreach (var range in ranges)
        {
            if (range.Offset > position)
            {
                WriteRun(bits, range.Offset - position);
            }

            WriteRun(bits, range.Length);
            position = range.End;
        }

        return bits.ToArray();
    }

    /// <summary>Decodes canonical bytes; false for anything else.</summary>
    /// <param name="bytes">The encoding.</param>
    /// <param name="limit">Bit numbers must be below this.</param>
    /// <param name="ranges">The ranges.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, long limit, out IReadOnlyList<ByteRange> ranges)
    {
        var found = new List<ByteRange>();
        ranges = found;
        if (bytes.IsEmpty)
        {
            return true;
        }

        var bits = new BitReader(bytes);
        if (bits.Read(2) != 0)
        {
            return false;
        }

        var isSet = bits.Read(1) == 1;
        for (var position = 0L; bits.HasMore;)
        {
            if (ReadRun(ref bits) is not (> 0 and var length) || length > limit - position)
            {
                return false;
            }

            if (isSet)
            {
                found.Add(new ByteRange(position, length));
            }

            (position, isSet) = (position + length, !isSet);
        }

        // One set has one encoding: a last run of clear bits, or a number written longer than need be, is refused.
        return Encode(found).AsSpan().SequenceEqual(bytes);
    }

    private static void WriteRun(BitWriter bits, long length)
    {
        if (length == 1)
        {
            bits.Write(1, 1);
        }
        else if (length < ShortLimit)
        {
            bits.Write(0b10, 2);
            bits.Write((int)length, ShortBits);
        }
        else
        {
            bits.Write(0, 2);
            for (; length >= 0x80; length >>= 7)
            {
                bits.Write((int)(length & 0x7F) | 0x80, 8);
            }

            bits.Write((int)length, 8);
        }
    }

    private static long ReadRun(ref BitReader bits)
    {
        if (bits.Read(1) == 1)
        {
            return 1;
        }

        if (bits.Read(1) == 1)
        {
            return bits.Read(ShortBits);
        }

        var length = 0L;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = bits.Read(8);
            length |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return length;
            }
        }

        return 0;
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private int _count;

        public void Write(int value, int bits)
        {
            for (var i = 0; i < bits; i++, _count++)
            {
                if (_count % 8 == 0)
                {
                    _bytes.Add(0);
                }

                _bytes[^1] |= (byte)(((value >> i) & 1) << (_count % 8));
            }
        }

        public byte[] ToArray() => [.. _bytes];
    }

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _position;

        /// <summary>False once only padding, that is clear bits, is left.</summary>
        public readonly bool HasMore
        {
            get
            {
                for (var i = _position; i < _bytes.Length * 8; i++)
                {
                    if (((_bytes[i / 8] >> (i % 8)) & 1) != 0)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Reads bits, lowest first; beyond the end there are clear ones.</summary>
        public int Read(int bits)
        {
            var value = 0;
            for (var i = 0; i < bits && _position < _bytes.Length * 8; i++, _position++)
            {
                value |= ((_bytes[_position / 8] >> (_position % 8)) & 1) << i;
            }

            return value;
        }
    }
}
