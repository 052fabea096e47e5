using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Fills a ring's slots: parents' numbers, the labels of those that are hashed, and the digest's blocks that do not
/// wait for others. Runs ahead on a thread of its own, or by steps on the hasher's. Not thread-safe.
/// </summary>
/// <param name="ring">The ring, opened.</param>
/// <param name="parents">Gives the parents' numbers.</param>
/// <param name="kernel">What compresses.</param>
/// <param name="replicaId">Replica id.</param>
/// <param name="layer">Layer, counted from 1.</param>
/// <param name="nodes">Nodes of the layer.</param>
/// <param name="current">Labels of this layer.</param>
/// <param name="previous">Labels of the layer before; null in layer 1.</param>
internal sealed unsafe class RingGatherer(
    LabelRing ring, IParentReader parents, LabelKernel kernel, Bytes32 replicaId, int layer, long nodes,
    NativeBuffer current, NativeBuffer? previous) : IDisposable
{
    /// <summary>Nodes of a step.</summary>
    public const int NodesPerStep = 64;

    private const int RowsAtOnce = NodesPerStep, PrefetchDistance = 8;
    private const long TouchDistance = HugePages.Size / SectorShape.NodeSize;
    private const int NodeSize = SectorShape.NodeSize, NodesPerBlock = Sha256Context.BlockSize / NodeSize;

    // Parents 0 to 3 fill two blocks. In API 1.0 the node before, always missing, comes after them; else it is first.
    private const int MostBlocksAhead = 2;

    private readonly BlockHasher _hasher = new(kernel);
    private readonly NativeBuffer _header = HeaderOf(replicaId, layer);
    private readonly byte* _current = current.Pointer, _previous = previous is null ? null : previous.Pointer;

    // Two steps' rows: those of the next are there before they are needed, so that their labels can be prefetched.
    private readonly NativeBuffer _rows = new(2 * RowsAtOnce * ParentCacheFile.RowSize);
    private long _rowsEnd;

    /// <summary>Fills all slots from a node on, keeping a few labels' fetches under way; ends when the ring
    /// closes.</summary>
    /// <param name="firstNode">At least 1.</param>
    public void Run(long firstNode)
    {
        for (var first = firstNode; first < nodes && Step(first, PrefetchDistance); first += NodesPerStep)
        {
        }
    }

    /// <summary>
    /// Fills the next 64 slots, and fetches what the 64 after them need while others hash. False when the ring closed.
    /// </summary>
    /// <param name="first">The node after the last that was filled.</param>
    public bool Step(long first) => Step(first, NodesPerStep);

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasher.Dispose();
        _header.Dispose();
        _rows.Dispose();
    }

    private bool Step(long first, int prefetchDistance)
    {
        _rowsEnd = Math.Max(_rowsEnd, first);
        ReadRows(Math.Min(nodes, first + (2 * RowsAtOnce)));
        Touch(first + TouchDistance);
        var end = Math.Min(nodes, first + NodesPerStep);
        for (var node = first; node < end; node++)
        {
            if (!ring.WaitForRoom(node))
            {
                return false;
            }

            if (node + prefetchDistance < nodes)
            {
                Prefetch(RowOf(node + prefetchDistance), ring.Hashed);
            }

            Fill(ring.SlotOf(node), node, RowOf(node));
            ring.SetPrepared(node + 1);
        }

        return true;
    }

    /// <summary>
    /// Has the system give the page of a node far ahead, if it has not yet: filling a huge page with zeros takes
    /// milliseconds, in which the chain of hashes would stand still. Nothing is there that is wanted.
    /// </summary>
    private void Touch(long node)
    {
        if (node < nodes)
        {
            Volatile.Write(ref _current[node * NodeSize], 0);
        }
    }

    /// <summary>Reads rows up to the end, at most a step's at once and none across the buffer's end.</summary>
    private void ReadRows(long end)
    {
        while (_rowsEnd < end)
        {
            var position = _rowsEnd & ((2 * RowsAtOnce) - 1);
            var count = (int)Math.Min(Math.Min(RowsAtOnce, end - _rowsEnd), (2 * RowsAtOnce) - position);
            parents.Read(_rowsEnd, new Span<uint>(RowOf(_rowsEnd), count * SdrGraph.Degree));
            _rowsEnd += count;
        }
    }

    private uint* RowOf(long node) => (uint*)_rows.Pointer + ((node & ((2 * RowsAtOnce) - 1)) * SdrGraph.Degree);

    private void Fill(LabelSlot* slot, long node, uint* row)
    {
        var distinct = _previous == null ? SdrGraph.BaseDegree : SdrGraph.Degree;
        var hashed = ring.Hashed;
        uint missing = 0;
        for (var k = 0; k < SdrGraph.BaseDegree; k++)
        {
            slot->BaseParents[k] = row[k];
            if (row[k] < hashed)
            {
                Copy(_current + ((long)row[k] * NodeSize), slot->Labels + (k * NodeSize));
            }
            else
            {
                missing |= 1u << k;
            }
        }

        for (var k = SdrGraph.BaseDegree; k < distinct; k++)
        {
            Copy(_previous + ((long)row[k] * NodeSize), slot->Labels + (k * NodeSize));
        }

        slot->Missing = missing;
        HashAhead(slot, node, Math.Min(BitOperations.TrailingZeroCount(missing) / NodesPerBlock, MostBlocksAhead));
    }

    private static void Copy(byte* source, byte* target) => Vector256.Load(source).Store(target);

    private static NativeBuffer HeaderOf(Bytes32 replicaId, int layer)
    {
        var header = new NativeBuffer(LabelBlocks.Size);
        LabelBlocks.WriteLayer(header.Pointer, replicaId, layer);
        return header;
    }

    /// <summary>Hashes the header and so many blocks of parents.</summary>
    private void HashAhead(LabelSlot* slot, long node, int blocks)
    {
        LabelBlocks.WriteNode(_header.Pointer, node);
        Sha256Context.SetInitialState(_hasher.State);
        _hasher.Compress(_header.Pointer, 1);
        if (blocks > 0)
        {
            _hasher.Compress(slot->Labels, blocks);
        }

        Sha256Context.CopyState(_hasher.State, slot->State);
        slot->HashedAhead = 1 + blocks;
    }

    private void Prefetch(uint* row, long hashed)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (var k = 0; k < SdrGraph.BaseDegree; k++)
        {
            if (row[k] < hashed)
            {
                Sse.Prefetch0(_current + ((long)row[k] * NodeSize));
            }
        }

        for (var k = SdrGraph.BaseDegree; _previous != null && k < SdrGraph.Degree; k++)
        {
            Sse.Prefetch0(_previous + ((long)row[k] * NodeSize));
        }
    }
}
