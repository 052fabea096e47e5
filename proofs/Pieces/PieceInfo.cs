namespace Federation.Proofs.Pieces;

/// <summary>A piece: its padded size, a power of two of at least 128 bytes, and its commitment CommP.
/// Immutable.</summary>
public sealed record PieceInfo
{
    /// <summary>The least padded size of a piece.</summary>
    public const long MinimumPaddedSize = Fr32.PaddedGroupBytes;

    /// <summary>Creates a piece.</summary>
    /// <exception cref="ArgumentException">The size is not a power of two of at least 128 bytes.</exception>
    public PieceInfo(long paddedSize, Bytes32 commP)
    {
        if (!IsPaddedSize(paddedSize))
        {
            throw new ArgumentException(
                $"A padded piece size is a power of two of at least {MinimumPaddedSize} bytes, not {paddedSize}.");
        }

        PaddedSize = paddedSize;
        CommP = commP;
    }

    /// <summary>Size after fr32 padding in bytes.</summary>
    public long PaddedSize { get; }

    /// <summary>Size before fr32 padding in bytes: 127 times a power of two.</summary>
    public long UnpaddedSize => Fr32.UnpaddedSize(PaddedSize);

    /// <summary>Root of the binary SHA-256 tree over the padded piece.</summary>
    public Bytes32 CommP { get; }

    /// <summary>True for sizes that a padded piece can have.</summary>
    public static bool IsPaddedSize(long size) => size >= MinimumPaddedSize && long.IsPow2(size);

    /// <summary>True for sizes that a piece can have before padding: 127 times a power of two.</summary>
    public static bool IsUnpaddedSize(long size) =>
        size > 0 && size % Fr32.UnpaddedGroupBytes == 0 && long.IsPow2(size / Fr32.UnpaddedGroupBytes);

    /// <summary>The least unpadded piece size that so many bytes fit into.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public static long FittingUnpaddedSize(long dataBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dataBytes, 1);
        long groups = ((dataBytes - 1) / Fr32.UnpaddedGroupBytes) + 1;
        return Fr32.UnpaddedGroupBytes * (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)groups);
    }
}
