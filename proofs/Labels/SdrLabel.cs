using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Federation.Proofs.Labels;

/// <summary>
/// One SDR label: SHA-256, cut to 254 bits, of replica id, layer, node and 37 parent labels. This is the plain form
/// that verification uses; <see cref="LabelHasher"/> does the same for whole layers.
/// </summary>
internal static class SdrLabel
{
    /// <summary>
    /// Parent labels in a label's preimage; the parents are repeated in order until there are so many.
    /// </summary>
    public const int ParentCount = 37;

    /// <summary>Bytes before the parents: replica id, layer (u32 BE), node (u64 BE), 20 zeros.</summary>
    public const int PrefixSize = 64;

    /// <summary>Bytes of a preimage with parents.</summary>
    public const int PreimageSize = PrefixSize + (ParentCount * Bytes32.Size);

    /// <summary>Computes a label.</summary>
    /// <param name="replicaId">Replica id.</param>
    /// <param name="layer">Layer, counted from 1.</param>
    /// <param name="node">Node; 0 has no parents.</param>
    /// <param name="parents">37 × 32 bytes, ignored for node 0.</param>
    /// <param name="label">32 bytes for the result.</param>
    public static void Compute(Bytes32 replicaId, uint layer, ulong node, ReadOnlySpan<byte> parents, Span<byte> label)
    {
        Span<byte> preimage = stackalloc byte[PreimageSize];
        WritePrefix(replicaId, layer, preimage);
        WriteNode(node, preimage);
        if (node == 0)
        {
            Hash(preimage[..PrefixSize], label);
            return;
        }

        parents[..(ParentCount * Bytes32.Size)].CopyTo(preimage[PrefixSize..]);
        Hash(preimage, label);
    }

    /// <summary>Writes what a layer's preimages have in common; the node is still 0.</summary>
    public static void WritePrefix(Bytes32 replicaId, uint layer, Span<byte> preimage)
    {
        preimage[..PrefixSize].Clear();
        replicaId.CopyTo(preimage);
        BinaryPrimitives.WriteUInt32BigEndian(preimage[32..], layer);
    }

    /// <summary>Writes the node into the prefix.</summary>
    public static void WriteNode(ulong node, Span<byte> preimage) =>
        BinaryPrimitives.WriteUInt64BigEndian(preimage[36..], node);

    /// <summary>SHA-256 of the preimage, cut to 254 bits.</summary>
    public static void Hash(ReadOnlySpan<byte> preimage, Span<byte> label)
    {
        SHA256.HashData(preimage, label);
        label[31] &= 0x3f;
    }
}
