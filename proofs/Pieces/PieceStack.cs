using System.Numerics;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Pieces;

/// <summary>
/// The root over consecutive subtrees of power-of-two sizes, in memory of one node per level. Gaps that alignment
/// leaves, and what is missing at the end, count as zero pieces. Not thread-safe.
/// </summary>
internal sealed class PieceStack
{
    private const int NodeBytes = TreeHasher.NodeBytes;

    // Entry i: root of the subtree of 2^i bytes that ends at the current position; present where bit i of Size is set.
    private readonly Bytes32[] _roots = new Bytes32[63];

    /// <summary>Padded bytes pushed so far, gaps included.</summary>
    public long Size { get; private set; }

    /// <summary>Appends a subtree at the next multiple of its size.</summary>
    public void Push(long size, Bytes32 root)
    {
        AlignTo(size);
        PushAligned(size, root);
    }

    /// <summary>Root of a tree of this size, a power of two not below <see cref="Size"/>.</summary>
    public Bytes32 Root(long size)
    {
        if (Size == 0)
        {
            return ZeroPieces.Commitment(size);
        }

        AlignTo(size);
        return _roots[BitOperations.Log2((ulong)size)];
    }

    private void AlignTo(long size)
    {
        while (Size % size != 0)
        {
            long gap = Size & -Size;
            PushAligned(gap, ZeroPieces.Commitment(gap));
        }
    }

    private void PushAligned(long size, Bytes32 root)
    {
        int level = BitOperations.Log2((ulong)size);
        for (; ((Size >> level) & 1) != 0; level++)
        {
            root = HashPair(_roots[level], root);
        }

        _roots[level] = root;
        Size += size;
    }

    private static Bytes32 HashPair(Bytes32 left, Bytes32 right)
    {
        Span<byte> pair = stackalloc byte[2 * NodeBytes];
        left.CopyTo(pair);
        right.CopyTo(pair[NodeBytes..]);
        TreeHasher.HashPairs(pair, pair[..NodeBytes]);
        return new Bytes32(pair[..NodeBytes]);
    }
}
