using System.Buffers.Binary;

namespace Federation.Proofs.Pieces;

/// <summary>
/// The fr32 encoding: data seen as a bit stream, lowest bit of the first byte first, cut into 254 bits per 32-byte
/// node, the two top bits of each node zero, so that every node is a field element. 127 bytes become 128. Stateless.
/// </summary>
public static partial class Fr32
{
    /// <summary>Bytes of a whole group before padding.</summary>
    public const int UnpaddedGroupBytes = 127;

    /// <summary>Bytes of a whole group after padding: four nodes.</summary>
    public const int PaddedGroupBytes = 128;

    private const int NodeBytes = 32;
    private const int DataBitsPerNode = 254;
    private const ulong LastLimbMask = ulong.MaxValue >> 2;

    // Where the bits of the four nodes of a group begin in the unpadded bytes: byte and bit.
    private static ReadOnlySpan<byte> StartByte => [0, 31, 63, 95];

    private static ReadOnlySpan<byte> StartBit => [0, 6, 4, 2];

    /// <summary>Size after padding of whole groups.</summary>
    /// <exception cref="ArgumentException">The size is negative or not whole groups of 127 bytes.</exception>
    public static long PaddedSize(long unpaddedSize) => unpaddedSize >= 0 && unpaddedSize % UnpaddedGroupBytes == 0
        ? unpaddedSize / UnpaddedGroupBytes * PaddedGroupBytes
        : throw new ArgumentException($"{unpaddedSize} bytes are not whole groups of {UnpaddedGroupBytes} bytes.");

    /// <summary>Size before padding of whole groups.</summary>
    /// <exception cref="ArgumentException">The size is negative or not whole groups of 128 bytes.</exception>
    public static long UnpaddedSize(long paddedSize) => paddedSize >= 0 && paddedSize % PaddedGroupBytes == 0
        ? paddedSize / PaddedGroupBytes * UnpaddedGroupBytes
        : throw new ArgumentException($"{paddedSize} bytes are not whole groups of {PaddedGroupBytes} bytes.");

    /// <summary>Bytes that any number of bytes takes once padded: whole nodes, the last one filled with zero
    /// bits.</summary>
    public static int EncodedLength(int dataLength) =>
        (int)(((8L * dataLength) + DataBitsPerNode - 1) / DataBitsPerNode * NodeBytes);

    /// <summary>Pads any number of bytes; they must not overlap the result.</summary>
    /// <param name="data">Unpadded bytes.</param>
    /// <param name="padded">Exactly <see cref="EncodedLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The result has another length.</exception>
    public static void Pad(ReadOnlySpan<byte> data, Span<byte> padded)
    {
        if (padded.Length != EncodedLength(data.Length))
        {
            throw new ArgumentException(
                $"{data.Length} bytes pad to {EncodedLength(data.Length)}, not {padded.Length}.");
        }

        int done = PadVector(data, padded);
        data = data[(done * UnpaddedGroupBytes)..];
        padded = padded[(done * PaddedGroupBytes)..];
        while (data.Length >= UnpaddedGroupBytes)
        {
            PadGroup(data[..UnpaddedGroupBytes], padded[..PaddedGroupBytes]);
            data = data[UnpaddedGroupBytes..];
            padded = padded[PaddedGroupBytes..];
        }

        if (!data.IsEmpty)
        {
            Span<byte> group = stackalloc byte[UnpaddedGroupBytes];
            Span<byte> result = stackalloc byte[PaddedGroupBytes];
            group.Clear();
            data.CopyTo(group);
            PadGroup(group, result);
            result[..padded.Length].CopyTo(padded);
        }
    }

    /// <summary>Restores the data of whole groups; the two top bits of each node are ignored.</summary>
    /// <param name="padded">Whole groups of 128 bytes.</param>
    /// <param name="data">127 bytes for each group; must not overlap.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Unpad(ReadOnlySpan<byte> padded, Span<byte> data)
    {
        if (UnpaddedSize(padded.Length) != data.Length)
        {
            throw new ArgumentException(
                $"{padded.Length} padded bytes hold {UnpaddedSize(padded.Length)}, not {data.Length}.");
        }

        int done = UnpadVector(padded, data);
        padded = padded[(done * PaddedGroupBytes)..];
        data = data[(done * UnpaddedGroupBytes)..];
        while (!padded.IsEmpty)
        {
            UnpadGroup(padded[..PaddedGroupBytes], data[..UnpaddedGroupBytes]);
            padded = padded[PaddedGroupBytes..];
            data = data[UnpaddedGroupBytes..];
        }
    }

    private static void PadGroup(ReadOnlySpan<byte> data, Span<byte> padded)
    {
        for (int node = 0; node < 4; node++)
        {
            ReadOnlySpan<byte> source = data[StartByte[node]..];
            int shift = StartBit[node];
            for (int limb = 0; limb < 4; limb++)
            {
                ulong value = BinaryPrimitives.ReadUInt64LittleEndian(source[(8 * limb)..]) >> shift;
                int next = (8 * limb) + 8;
                if (shift != 0 && next < source.Length)
                {
                    value |= (ulong)source[next] << (64 - shift);
                }

                value = limb == 3 ? value & LastLimbMask : value;
                BinaryPrimitives.WriteUInt64LittleEndian(padded[((NodeBytes * node) + (8 * limb))..], value);
            }
        }
    }

    private static void UnpadGroup(ReadOnlySpan<byte> padded, Span<byte> data)
    {
        ulong carried = 0;
        for (int node = 0; node < 4; node++)
        {
            Span<byte> target = data[StartByte[node]..];
            int shift = StartBit[node];
            for (int limb = 0; limb < 4; limb++)
            {
                ulong value = BinaryPrimitives.ReadUInt64LittleEndian(padded[((NodeBytes * node) + (8 * limb))..]);
                value = limb == 3 ? value & LastLimbMask : value;
                BinaryPrimitives.WriteUInt64LittleEndian(target[(8 * limb)..], (value << shift) | carried);
                carried = shift == 0 ? 0 : value >> (64 - shift);
            }

            carried = node < 3 ? TailOf(target, carried, StartByte[node + 1] - StartByte[node]) : 0;
        }
    }

    // The bits of this node that share a byte with the next one's.
    private static ulong TailOf(ReadOnlySpan<byte> target, ulong carried, int length) =>
        length < NodeBytes ? target[length] : carried;
}
