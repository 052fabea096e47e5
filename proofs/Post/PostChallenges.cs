using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Federation.Proofs.Post;

/// <summary>
/// What a beacon's randomness challenges: the sector of a Winning PoSt, and leaves of sectors. Source: rust-fil-proofs
/// <c>storage-proofs-post/fallback/vanilla.rs</c>.
/// </summary>
public static class PostChallenges
{
    private const byte UnusableBits = 0xc0;

    /// <summary>True when the randomness is below 2^254, as callers make it by clearing its two top bits.</summary>
    public static bool IsUsable(Bytes32 randomness) => (randomness.AsSpan()[^1] & UnusableBits) == 0;

    /// <summary>The place, in an ordered set of eligible sectors, of the one that must be proved.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The set is empty.</exception>
    public static int WinningSector(Bytes32 proverId, Bytes32 randomness, int eligible)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(eligible);
        Span<byte> preimage = stackalloc byte[(2 * Bytes32.Size) + sizeof(ulong)];
        preimage.Clear();
        proverId.CopyTo(preimage);
        randomness.CopyTo(preimage[Bytes32.Size..]);
        return (int)(Draw(preimage) % (ulong)eligible);
    }

    /// <summary>The challenged leaves of one sector, in the order in which they are proved.</summary>
    /// <param name="config">Configuration.</param>
    /// <param name="randomness">Randomness.</param>
    /// <param name="sector">Sector number.</param>
    /// <param name="position">The sector's place among all sectors that are proved, by ascending number.</param>
    public static uint[] Leaves(PostConfig config, Bytes32 randomness, ulong sector, int position)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        var first = config is { Kind: PostKind.Window, ApiVersion: not ApiVersion.V1_2 }
            ? (ulong)position * (ulong)config.ChallengesPerSector
            : 0;
        var leaves = new uint[config.ChallengesPerSector];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Leaf(randomness, sector, first + (ulong)i, config.Shape.Nodes);
        }

        return leaves;
    }

    private static uint Leaf(Bytes32 randomness, ulong sector, ulong index, long nodes)
    {
        Span<byte> preimage = stackalloc byte[Bytes32.Size + (2 * sizeof(ulong))];
        randomness.CopyTo(preimage);
        BinaryPrimitives.WriteUInt64LittleEndian(preimage[Bytes32.Size..], sector);
        BinaryPrimitives.WriteUInt64LittleEndian(preimage[(Bytes32.Size + sizeof(ulong))..], index);
        return (uint)(Draw(preimage) % (ulong)nodes);
    }

    private static ulong Draw(ReadOnlySpan<byte> preimage)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(preimage, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
