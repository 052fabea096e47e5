using System.Runtime.Intrinsics;

namespace Federation.Proofs.Sha256;

/// <summary>
/// Hashing for binary SHA-256 trees (tree-d, CommP): a parent is SHA-256 of its two children, 32 bytes each, with the two
/// top bits of its last byte cleared, so that it is a field element. Takes the widest vectors the machine has.
/// Allocation-free, safe to call from many threads.
/// </summary>
public static class TreeHasher
{
    /// <summary>Length of a node in bytes.</summary>
    public const int NodeBytes = 32;

    private const int PairBytes = 2 * NodeBytes;

    /// <summary>
    /// Hashes n pairs of nodes (n × 64 bytes) to n parents (n × 32 bytes). <paramref name="parents"/> may be the
    /// beginning of <paramref name="pairs"/> itself; any other overlap gives undefined parents.
    /// </summary>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void HashPairs(ReadOnlySpan<byte> pairs, Span<byte> parents)
    {
        if (pairs.Length % PairBytes != 0 || parents.Length != pairs.Length / 2)
        {
            throw new ArgumentException(
                $"{pairs.Length} bytes of nodes do not pair up to {parents.Length} bytes of parents.");
        }

        if (Vector512.IsHardwareAccelerated)
        {
            HashBy16(ref pairs, ref parents);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            HashBy8(ref pairs, ref parents);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            HashBy4(ref pairs, ref parents);
        }

        for (; !pairs.IsEmpty; pairs = pairs[PairBytes..], parents = parents[NodeBytes..])
        {
            Sha256Scalar.HashPair(pairs[..PairBytes], parents[..NodeBytes]);
        }
    }

    private static void HashBy16(ref ReadOnlySpan<byte> pairs, ref Span<byte> parents)
    {
        const int taken = Sha256Lanes16.Lanes * PairBytes;
        for (; pairs.Length >= taken; pairs = pairs[taken..], parents = parents[(taken / 2)..])
        {
            Sha256Lanes16.HashPairs(pairs[..taken], parents[..(taken / 2)]);
        }
    }

    private static void HashBy8(ref ReadOnlySpan<byte> pairs, ref Span<byte> parents)
    {
        const int taken = Sha256Lanes8.Lanes * PairBytes;
        for (; pairs.Length >= taken; pairs = pairs[taken..], parents = parents[(taken / 2)..])
        {
            Sha256Lanes8.HashPairs(pairs[..taken], parents[..(taken / 2)]);
        }
    }

    private static void HashBy4(ref ReadOnlySpan<byte> pairs, ref Span<byte> parents)
    {
        const int taken = Sha256Lanes4.Lanes * PairBytes;
        for (; pairs.Length >= taken; pairs = pairs[taken..], parents = parents[(taken / 2)..])
        {
            Sha256Lanes4.HashPairs(pairs[..taken], parents[..(taken / 2)]);
        }
    }
}
