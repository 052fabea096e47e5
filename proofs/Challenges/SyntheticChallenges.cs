using System.Buffers.Binary;
using Federation.Proofs.Blake2b;
using Federation.Proofs.ChaCha;

namespace Federation.Proofs.Challenges;

/// <summary>
/// The challenges of a Synthetic PoRep: CommR fixes a set of min(nodes, 2^18); the seed selects from it (FIP-0059).
/// Immutable; safe for concurrent use.
/// </summary>
public sealed class SyntheticChallenges
{
    private readonly long _nodes;
    private readonly Bytes32 _replicaId;
    private readonly Bytes32 _generationKey;

    /// <summary>The set of one replica.</summary>
    public SyntheticChallenges(SectorShape shape, Bytes32 replicaId, Bytes32 commR)
        : this(shape.Nodes, shape.SyntheticChallenges, replicaId, commR)
    {
    }

    /// <summary>A set of another size.</summary>
    internal SyntheticChallenges(long nodes, int count, Bytes32 replicaId, Bytes32 commR)
    {
        _nodes = nodes;
        _replicaId = replicaId;
        _generationKey = Key("filecoin.io|PoRep|1|Synthetic|1|Generation"u8, replicaId, commR);
        Count = count;
    }

    /// <summary>Size of the set.</summary>
    public int Count { get; }

    private static ReadOnlySpan<byte> Nonce => "synth-porep\0"u8;

    /// <summary>The challenge with a number from 0 to <see cref="Count"/> - 1.</summary>
    public uint this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
            Span<byte> block = stackalloc byte[ChaCha20.BlockSize];
            ChaCha20.KeyStream(_generationKey.AsSpan(), Nonce, (uint)number / 2, block);
            return ChallengeNumber.From(block[(number % 2 * Bytes32.Size)..], _nodes);
        }
    }

    /// <summary>
    /// The number, in the set, of the <paramref name="position"/>-th PoRep challenge that a seed selects.
    /// </summary>
    public int Selected(Bytes32 seed, int position)
    {
        var key = Key("filecoin.io|PoRep|1|Synthetic|1|Selection"u8, _replicaId, seed);
        Span<byte> block = stackalloc byte[ChaCha20.BlockSize];
        const int wordsPerBlock = ChaCha20.BlockSize / sizeof(uint);
        ChaCha20.KeyStream(key.AsSpan(), Nonce, (uint)(position / wordsPerBlock), block);
        var word = BinaryPrimitives.ReadUInt32LittleEndian(block[(position % wordsPerBlock * sizeof(uint))..]);
        return (int)(word % (uint)Count);
    }

    private static Bytes32 Key(ReadOnlySpan<byte> domain, Bytes32 first, Bytes32 second)
    {
        Span<byte> data = stackalloc byte[2 * Bytes32.Size];
        Span<byte> key = stackalloc byte[Bytes32.Size];
        first.CopyTo(data);
        second.CopyTo(data[Bytes32.Size..]);
        Blake2bHash.Hash(data, key, domain);
        return new Bytes32(key);
    }
}
