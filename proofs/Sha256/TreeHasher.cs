using System.Runtime.Intrinsics;

namespace Federation.Proofs.Sha256;

/// <summary>
/// Hashing for binary SHA-256 trees (tree-d, CommP): a parent is SHA-256 of its two children, 32 bytes each, with the
/// two top bits of its last byte cleared, so that it is a field element. Takes the widest vectors the machine has.
/// Allocation-free, safe to call from many threads.
/// </summary>
public static class TreeHasher
{
    /// <summary>Length of a node in bytes.</summary>
    public const int NodeBytes = 32;

    private const int PairBytes = 2 * NodeBytes;

    /// <summary>Hashes a tree, row by row, to its root.</summary>
    /// <param name="leaves">Nodes, a power of two of them.</param>
    /// <param name="rows">At least half as long; may be the beginning of the leaves, which are then lost.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static Bytes32 Root(ReadOnlySpan<byte> leaves, Span<byte> rows)
    {
        while (leaves.Length > NodeBytes)
        {
            Span<byte> parents = rows[..(leaves.Length / 2)];
            HashPairs(leaves, parents);
            leaves = parents;
        }

        return new Bytes32(leaves);
    }

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

        if (Lanes16.IsSupported)
        {
            Sha256Pairs<Vector512<uint>, Lanes16>.Hash(pairs, parents);
        }
        else if (Lanes8.IsSupported)
        {
            Sha256Pairs<Vector256<uint>, Lanes8>.Hash(pairs, parents);
        }
        else if (Lanes4.IsSupported)
        {
            Sha256Pairs<Vector128<uint>, Lanes4>.Hash(pairs, parents);
        }
        else
        {
            Sha256Scalar.HashPairs(pairs, parents);
        }
    }
}
