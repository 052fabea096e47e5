using System.Buffers.Binary;

namespace Federation.Storage.Unsealed;

/// <summary>
/// The trailer of an unsealed file, as Lotus's partial files have it: padded data of the sector's size ‖ RLE+ of the
/// ranges that are allocated ‖ length of the RLE+ as u32, little endian. A full 2 KiB sector's file has 2055 bytes.
/// </summary>
public static class UnsealedTrailer
{
    private const int LengthBytes = sizeof(uint);
    private const int MaxTrailerBytes = 1 << 20;

    /// <summary>The trailer of a file whose data is allocated as a whole.</summary>
    public static byte[] ForFullSector(long sectorSize) => Write([new ByteRange(0, sectorSize)]);

    /// <summary>The trailer for these ranges of padded bytes: ascending, neither touching nor overlapping.</summary>
    /// <exception cref="ArgumentException">The ranges are not so.</exception>
    public static byte[] Write(IReadOnlyList<ByteRange> allocated)
    {
        var end = -1L;
        foreach (var range in allocated)
        {
            if (range.Offset <= end || range.Length <= 0)
            {
                throw new ArgumentException($"Range {range} does not come after the one before it.", nameof(allocated));
            }

            end = range.End;
        }

        var ranges = RlePlus.Encode(allocated);
        var trailer = new byte[ranges.Length + LengthBytes];
        ranges.CopyTo(trailer, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(ranges.Length), (uint)ranges.Length);
        return trailer;
    }

    /// <summary>
    /// Appends the trailer of a full sector to a file that holds exactly its padded data, and flushes it.
    /// </summary>
    /// <exception cref="StorageException">The file has another size.</exception>
    public static void Append(string path, long sectorSize)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        if (file.Length != sectorSize)
        {
            throw new StorageException($"{path} has {file.Length} bytes, expected {sectorSize} before its trailer.");
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(ForFullSector(sectorSize));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads the allocated ranges of an unsealed file.</summary>
    /// <exception cref="StorageException">The file is no unsealed file of this sector size.</exception>
    public static IReadOnlyList<ByteRange> Read(string path, long sectorSize)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var trailerBytes = file.Length - sectorSize;
        if (trailerBytes is < LengthBytes or > MaxTrailerBytes)
        {
            throw new StorageException(
                $"{path} has {file.Length} bytes, expected {sectorSize} and a trailer: add its pieces again.");
        }

        var trailer = new byte[trailerBytes];
        file.Seek(sectorSize, SeekOrigin.Begin);
        file.ReadExactly(trailer);
        return TryParse(trailer, sectorSize, out var ranges)
            ? ranges
            : throw new StorageException($"{path} has a damaged trailer: add its pieces again.");
    }

    /// <summary>Parses a trailer; false when it is damaged.</summary>
    public static bool TryParse(ReadOnlySpan<byte> trailer, long sectorSize, out IReadOnlyList<ByteRange> allocated)
    {
        allocated = [];
        return trailer.Length >= LengthBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[^LengthBytes..]) == trailer.Length - LengthBytes
            && RlePlus.TryDecode(trailer[..^LengthBytes], sectorSize, out allocated);
    }
}
