using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Federation.Journal;

/// <summary>
/// One unit of an append-only file: magic (4 bytes), payload length (4), sequence number (8), CRC32C of length,
/// sequence and payload (4), payload; integers little-endian. A file ends where no sound frame begins; whether that
/// end is torn or damaged shows by <see cref="AnyAfter"/>.
/// </summary>
public readonly ref struct Frame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 20;

    /// <summary>Greatest payload.</summary>
    public const int MaxPayloadBytes = 256 * 1024 * 1024;

    private const uint Magic = 0x4C444546; // "FEDL"
    private const int LengthAt = 4;
    private const int SequenceAt = 8;
    private const int CrcAt = 16;

    private Frame(ulong sequence, ReadOnlySpan<byte> payload)
    {
        Sequence = sequence;
        Payload = payload;
    }

    /// <summary>The frame's number in its file.</summary>
    public ulong Sequence { get; }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Bytes of header and payload.</summary>
    public int TotalBytes => HeaderBytes + Payload.Length;

    /// <summary>A frame's bytes.</summary>
    /// <exception cref="IOException">The payload is greater than what would be read back.</exception>
    public static byte[] Encode(ulong sequence, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaxPayloadBytes)
        {
            throw new IOException($"A record of {payload.Length} bytes does not fit a frame of {MaxPayloadBytes}.");
        }

        var bytes = new byte[HeaderBytes + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(LengthAt), payload.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(SequenceAt), sequence);
        payload.CopyTo(bytes.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CrcAt), Crc(bytes));
        return bytes;
    }

    /// <summary>Reads the frame that begins here; false when there is none that is whole and sound.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Frame frame)
    {
        frame = default;
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]);
        if (length is < 0 or > MaxPayloadBytes || length > bytes.Length - HeaderBytes)
        {
            return false;
        }

        var whole = bytes[..(HeaderBytes + length)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(whole[CrcAt..]) != Crc(whole))
        {
            return false;
        }

        frame = new Frame(BinaryPrimitives.ReadUInt64LittleEndian(whole[SequenceAt..]), whole[HeaderBytes..]);
        return true;
    }

    /// <summary>Whether a sound frame of a later number than this begins anywhere in these bytes.</summary>
    public static bool AnyAfter(ulong sequence, ReadOnlySpan<byte> bytes)
    {
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, Magic);
        while (bytes.IndexOf(magic) is >= 0 and var at)
        {
            if (TryRead(bytes[at..], out var frame) && frame.Sequence > sequence)
            {
                return true;
            }

            bytes = bytes[(at + 1)..];
        }

        return false;
    }

    /// <summary>
    /// Whether a file that begins so was begun by a frame, of which nothing more than zeros may have come to disk.
    /// </summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        Span<byte> magic = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, Magic);
        return bytes.StartsWith(magic) || magic.StartsWith(bytes) || bytes.IndexOfAnyExcept((byte)0) < 0;
    }

    private static uint Crc(ReadOnlySpan<byte> frame)
    {
        var crc = Append(uint.MaxValue, frame[LengthAt..CrcAt]);
        return ~Append(crc, frame[HeaderBytes..]);
    }

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
