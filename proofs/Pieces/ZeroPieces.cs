using System.Numerics;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Pieces;

/// <summary>Commitments of pieces that are all zero: each size hashes two of the size below. Computed once.</summary>
public static class ZeroPieces
{
    private const int NodeBytes = TreeHasher.NodeBytes;
    private const int SmallestLog = 5;
    private const int Sizes = 63 - SmallestLog;

    private static readonly byte[] Table = ComputeTable();

    /// <summary>Commitment of a zero piece.</summary>
    /// <param name="paddedSize">Padded size in bytes: a power of two from 32 (one node) to 2^62.</param>
    /// <exception cref="ArgumentException">The size is none of these.</exception>
    public static Bytes32 Commitment(long paddedSize)
    {
        if (paddedSize < 1L << SmallestLog || !long.IsPow2(paddedSize))
        {
            throw new ArgumentException($"A zero piece has a power of two of at least 32 bytes, not {paddedSize}.");
        }

        int index = BitOperations.Log2((ulong)paddedSize) - SmallestLog;
        return new Bytes32(Table.AsSpan(index * NodeBytes, NodeBytes));
    }

    private static byte[] ComputeTable()
    {
        var table = new byte[Sizes * NodeBytes];
        Span<byte> pair = stackalloc byte[2 * NodeBytes];
        for (int i = NodeBytes; i < table.Length; i += NodeBytes)
        {
            Span<byte> below = table.AsSpan(i - NodeBytes, NodeBytes);
            below.CopyTo(pair);
            below.CopyTo(pair[NodeBytes..]);
            TreeHasher.HashPairs(pair, table.AsSpan(i, NodeBytes));
        }

        return table;
    }
}
