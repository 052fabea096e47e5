using System.Numerics;

namespace Federation.Proofs.Labels;

/// <summary>
/// The chain of dependent hashes: takes prepared labels from the ring, adds the parents that were missing, above all
/// the node before, and hashes. Allocates nothing. Not thread-safe.
/// </summary>
internal sealed unsafe class RingHasher(LabelRing ring, LabelKernel kernel) : IDisposable
{
    // Each telling takes a cache line from the other side.
    private const int TellEvery = 8, NodeSize = SectorShape.NodeSize;

    private readonly BlockHasher _hasher = new(kernel);

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
    public void Dispose() => _hasher.Dispose();

    private void Hash(LabelSlot* slot, int distinct, byte* current, byte* label)
    {
        for (var missing = slot->Missing; missing != 0; missing &= missing - 1)
        {
            var k = BitOperations.TrailingZeroCount(missing);
            LabelBlocks.Place(slot->Blocks, k, distinct, current + ((long)slot->BaseParents[k] * NodeSize));
        }

        Sha256Context.CopyState(slot->State, _hasher.State);
        var done = slot->HashedAhead;
        _hasher.Compress(slot->Blocks + (done * Sha256Context.BlockSize), LabelBlocks.Count - done);
        LabelBlocks.WriteLabel(_hasher.State, label);
    }
}
