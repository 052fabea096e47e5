using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Federation.Proofs.Labels;

/// <summary>
/// The 20 blocks that a label is the digest of, padding included, in native memory: header, 37 parents in 18.5
/// blocks, padding. Only header and parents change from label to label.
/// </summary>
internal static unsafe class LabelBlocks
{
    /// <summary>Blocks of a label with parents.</summary>
    public const int Count = 20;

    /// <summary>Bytes of the blocks.</summary>
    public const int Size = Count * Sha256Context.BlockSize;

    /// <summary>Blocks of node 0, which has no parents.</summary>
    public const int FirstNodeCount = 2;

    private const int LayerOffset = Bytes32.Size, NodeSize = SectorShape.NodeSize;
    private const byte PaddingMark = 0x80;

    /// <summary>Writes what all labels of a layer have in common.</summary>
    /// <param name="blocks">20 blocks.</param>
    /// <param name="replicaId">Replica id.</param>
    /// <param name="layer">Layer, counted from 1.</param>
    public static void WriteLayer(byte* blocks, Bytes32 replicaId, int layer)
    {
        SdrLabel.WritePrefix(replicaId, (uint)layer, new Span<byte>(blocks, SdrLabel.PrefixSize));
        WritePadding(new Span<byte>(blocks, Size), SdrLabel.PreimageSize);
    }

    /// <summary>Writes the two blocks of a layer's node 0.</summary>
    public static void WriteFirstNode(byte* blocks, Bytes32 replicaId, int layer)
    {
        SdrLabel.WritePrefix(replicaId, (uint)layer, new Span<byte>(blocks, SdrLabel.PrefixSize));
        WritePadding(new Span<byte>(blocks, FirstNodeCount * Sha256Context.BlockSize), SdrLabel.PrefixSize);
    }

    /// <summary>Writes the node into the header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteNode(byte* blocks, long node)
    {
        // The 16 bytes of layer, node and four zeros at once, as the SHA instructions load them.
        var words = (uint*)(blocks + LayerOffset);
        Vector128.Create(words[0], BigEndian((uint)(node >> 32)), BigEndian((uint)node), 0).Store(words);
    }

    /// <summary>Writes a parent's label to all its places.</summary>
    /// <param name="blocks">The label's blocks.</param>
    /// <param name="parent">The parent's number among the distinct ones.</param>
    /// <param name="distinct">Distinct parents: 6 in layer 1, else 14.</param>
    /// <param name="source">The parent's label.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Place(byte* blocks, int parent, int distinct, byte* source)
    {
        // Whole labels, as they are stored: a load that needs two stores would wait until both are in the cache. The
        // SHA instructions' loads of halves do not.
        var label = Vector256.Load(source);
        var end = blocks + SdrLabel.PreimageSize;
        var stride = distinct * NodeSize;
        for (var target = blocks + SdrLabel.PrefixSize + (parent * NodeSize); target < end; target += stride)
        {
            label.Store(target);
        }
    }

    /// <summary>Writes a state as a label: big-endian words, cut to 254 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteLabel(uint* state, byte* label)
    {
        var swap = Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
        var cut = Vector128.Create(
            (byte)0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f);
        var low = Vector128.Shuffle(Vector128.Load((byte*)state), swap);
        var high = Vector128.Shuffle(Vector128.Load((byte*)state + Vector128<byte>.Count), swap) & cut;
        Vector256.Create(low, high).Store(label);
    }

    private static uint BigEndian(uint value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static void WritePadding(Span<byte> blocks, int messageSize)
    {
        blocks[messageSize..].Clear();
        blocks[messageSize] = PaddingMark;
        BinaryPrimitives.WriteUInt64BigEndian(blocks[^sizeof(ulong)..], (ulong)messageSize * 8);
    }
}
