using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// The chain of dependent hashes: takes prepared labels from the ring and the parents that were missing, above all the
/// node before, makes their blocks and hashes. Allocates nothing. Not thread-safe.
/// </summary>
internal sealed unsafe class RingHasher(LabelRing ring, LabelKernel kernel) : IDisposable
{
    // Each telling takes a cache line from the other side.
    private const int TellEvery = 16, NodeSize = SectorShape.NodeSize;

    private readonly BlockHasher _hasher = new(kernel);
    private readonly NativeBuffer _blocks = NewBlocks();

    /// <summary>Labels node 0, which has no parents.</summary>
    public void HashFirstNode(Bytes32 replicaId, int layer, NativeBuffer labels)
    {
        var blocks = stackalloc byte[LabelBlocks.FirstNodeCount * Sha256Context.BlockSize];
        LabelBlocks.WriteFirstNode(blocks, replicaId, layer);
        Sha256Context.SetInitialState(_hasher.State);
        _hasher.Compress(blocks, LabelBlocks.FirstNodeCount);
        LabelBlocks.WriteLabel(_hasher.State, labels.Pointer);
    }

    /// <summary>Labels consecutive nodes; false when the ring was closed.</summary>
    /// <param name="from">First node, at least 1; all before it are labelled.</param>
    /// <param name="to">The node after the last.</param>
    /// <param name="distinct">Distinct parents: 6 in layer 1, else 14.</param>
    /// <param name="labels">Labels of this layer.</param>
    public bool Hash(long from, long to, int distinct, NativeBuffer labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Size, to * NodeSize, nameof(labels));
        var current = labels.Pointer;
        long prepared = from;
        for (var node = from; node < to; node++)
        {
            if (node >= prepared)
            {
                if (!ring.WaitForLabel(node))
                {
                    return false;
                }

                prepared = ring.Prepared;
            }

            if (node + 1 < prepared)
            {
                Fetch(ring.SlotOf(node + 1));
            }

            Hash(ring.SlotOf(node), distinct, current, current + (node * NodeSize));
            if (node % TellEvery == 0)
            {
                ring.SetHashed(node + 1);
            }
        }

        ring.SetHashed(to);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasher.Dispose();
        _blocks.Dispose();
    }

    // The header's block stays as it is: the gatherer has hashed it.
    private static NativeBuffer NewBlocks()
    {
        var blocks = new NativeBuffer(LabelBlocks.Size);
        LabelBlocks.WriteLayer(blocks.Pointer, default, layer: 1);
        return blocks;
    }

    /// <summary>
    /// Asks for the lines of a slot that the other processor has written, while this one hashes. Not for a slot that is
    /// still being written: its lines would go back and forth.
    /// </summary>
    private static void Fetch(LabelSlot* slot)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (var line = 0; line < LabelSlot.Size; line += Sha256Context.BlockSize)
        {
            Sse.Prefetch0((byte*)slot + line);
        }
    }

    private void Hash(LabelSlot* slot, int distinct, byte* current, byte* label)
    {
        var blocks = _blocks.Pointer;
        for (var k = 0; k < SdrGraph.BaseDegree; k++)
        {
            var source = ((slot->Missing >> k) & 1) == 0
                ? slot->Labels + (k * NodeSize)
                : current + ((long)slot->BaseParents[k] * NodeSize);
            LabelBlocks.Place(blocks, k, distinct, source);
        }

        for (var k = SdrGraph.BaseDegree; k < distinct; k++)
        {
            LabelBlocks.Place(blocks, k, distinct, slot->Labels + (k * NodeSize));
        }

        Sha256Context.CopyState(slot->State, _hasher.State);
        var done = slot->HashedAhead;
        _hasher.Compress(blocks + (done * Sha256Context.BlockSize), LabelBlocks.Count - done);
        LabelBlocks.WriteLabel(_hasher.State, label);
    }
}
