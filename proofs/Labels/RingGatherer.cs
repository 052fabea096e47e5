using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Fills a ring's slots on a thread of its own: parents' numbers, the labels of those that are hashed, and the digest's
/// blocks that do not wait for others. Not thread-safe.
/// </summary>
internal sealed unsafe class RingGatherer(LabelRing ring, IParentReader parents, LabelKernel kernel) : IDisposable
{
    private const int RowsAtOnce = 64, PrefetchDistance = 8, NodeSize = SectorShape.NodeSize;

    // Parents 0 to 3 fill two blocks. In API 1.0 the node before, always missing, comes after them; else it is first.
    private const int MostBlocksAhead = 2;

    private readonly BlockHasher _hasher = new(kernel);
    private readonly uint[] _rows = new uint[(RowsAtOnce + PrefetchDistance) * SdrGraph.Degree];

    /// <summary>Fills slots until the last node or until the ring is closed.</summary>
    /// <param name="firstNode">The first node, at least 1.</param>
    /// <param name="nodes">Nodes of the layer.</param>
    /// <param name="current">Labels of this layer.</param>
    /// <param name="previous">Labels of the layer before; null in layer 1.</param>
    public void Run(long firstNode, long nodes, byte* current, byte* previous)
    {
        fixed (uint* rows = _rows)
        {
            for (var first = firstNode; first < nodes; first += RowsAtOnce)
            {
                var count = (int)Math.Min(RowsAtOnce, nodes - first);
                ReadRows(first, Math.Min(count + PrefetchDistance, nodes - first));
                for (var i = 0; i < count; i++)
                {
                    var node = first + i;
                    if (!ring.WaitForRoom(node))
                    {
                        return;
                    }

                    Prefetch(rows + ((i + PrefetchDistance) * SdrGraph.Degree), ring.Hashed, current, previous);
                    Fill(ring.SlotOf(node), node, rows + (i * SdrGraph.Degree), current, previous);
                    ring.SetPrepared(node + 1);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();

    private void ReadRows(long first, long count) =>
        parents.Read(first, _rows.AsSpan(0, (int)count * SdrGraph.Degree));

    private void Fill(LabelSlot* slot, long node, uint* row, byte* current, byte* previous)
    {
        var blocks = slot->Blocks;
        LabelBlocks.WriteNode(blocks, node);
        var distinct = previous == null ? SdrGraph.BaseDegree : SdrGraph.Degree;
        var hashed = ring.Hashed;
        uint missing = 0;
        for (var k = 0; k < SdrGraph.BaseDegree; k++)
        {
            slot->BaseParents[k] = row[k];
            if (row[k] < hashed)
            {
                LabelBlocks.Place(blocks, k, distinct, current + ((long)row[k] * NodeSize));
            }
            else
            {
                missing |= 1u << k;
            }
        }

        for (var k = SdrGraph.BaseDegree; k < distinct; k++)
        {
            LabelBlocks.Place(blocks, k, distinct, previous + ((long)row[k] * NodeSize));
        }

        slot->Missing = missing;
        HashAhead(slot, 1 + Math.Min(BitOperations.TrailingZeroCount(missing) / 2, MostBlocksAhead));
    }

    private void HashAhead(LabelSlot* slot, int blocks)
    {
        Sha256Context.SetInitialState(_hasher.State);
        _hasher.Compress(slot->Blocks, blocks);
        Sha256Context.CopyState(_hasher.State, slot->State);
        slot->HashedAhead = blocks;
    }

    private static void Prefetch(uint* row, long hashed, byte* current, byte* previous)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (var k = 0; k < SdrGraph.BaseDegree; k++)
        {
            if (row[k] < hashed)
            {
                Sse.Prefetch0(current + ((long)row[k] * NodeSize));
            }
        }

        for (var k = SdrGraph.BaseDegree; previous != null && k < SdrGraph.Degree; k++)
        {
            Sse.Prefetch0(previous + ((long)row[k] * NodeSize));
        }
    }
}
