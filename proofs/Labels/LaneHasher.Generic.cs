using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Graph;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Labels;

/// <inheritdoc/>
/// <typeparam name="TVector">A word of all lanes.</typeparam>
/// <typeparam name="TLanes">Operations on it.</typeparam>
internal sealed unsafe class LaneHasher<TVector, TLanes> : LaneHasher
    where TVector : unmanaged
    where TLanes : struct, ILanes<TVector>
{
    private const int Words = Sha256Compression<TVector, TLanes>.StateWords, BlockWords = 2 * Words;
    private const int ScheduleWords = Sha256Compression<TVector, TLanes>.ScheduleWords;
    private const int ParentBlocks = SdrLabel.ParentCount / 2, CacheLine = 64, PrefetchDistance = 2;
    private const uint PaddingMark = 0x80000000, LastWordMask = 0xffffff3f;

    // Blocks of parents repeat with half as many as there are distinct parents; the last half block is another.
    private const int MostDistinctBlocks = SdrGraph.Degree / 2;

    private readonly NativeBuffer _memory =
        new((Words + Words + ((MostDistinctBlocks + 1) * ScheduleWords)) * sizeof(TVector));

    private int _layer;

    /// <inheritdoc/>
    public override int Lanes => TLanes.Count;

    private TVector* State => (TVector*)_memory.Pointer;

    private TVector* ReplicaIds => State + Words;

    private TVector* Schedules => ReplicaIds + Words;

    /// <summary>For the header and for the last block, which do not repeat.</summary>
    private TVector* OwnSchedule => Schedules + (MostDistinctBlocks * ScheduleWords);

    /// <inheritdoc/>
    public override void Open(ReadOnlySpan<Bytes32> replicaIds, int layer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replicaIds.Length, Lanes, nameof(replicaIds));
        new Span<TVector>(ReplicaIds, Words).Clear();
        for (var lane = 0; lane < replicaIds.Length; lane++)
        {
            LaneOrder.Interleave(replicaIds[lane].AsSpan(), (uint*)ReplicaIds, Lanes, lane);
        }

        _layer = layer;
    }

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();

    /// <inheritdoc/>
    protected override void Hash(long first, int count, uint* rows, byte* current, byte* previous)
    {
        var labels = (TVector*)current;
        for (var i = 0; i < count; i++, rows += SdrGraph.Degree)
        {
            var node = first + i;
            HashHeader(node);
            if (node == 0)
            {
                HashPadding(0, SdrLabel.PrefixSize);
            }
            else
            {
                var ahead = i + PrefetchDistance < count ? rows + (PrefetchDistance * SdrGraph.Degree) : null;
                HashParents(rows, ahead, node, labels, (TVector*)previous);
            }

            Store(labels + (node * Words));
        }
    }

    private void HashHeader(long node)
    {
        var block = OwnSchedule;
        for (var i = 0; i < Words; i++)
        {
            block[i] = ReplicaIds[i];
        }

        block[8] = TLanes.Broadcast((uint)_layer);
        block[9] = TLanes.Broadcast((uint)(node >> 32));
        block[10] = TLanes.Broadcast((uint)node);
        Clear(block, 11, BlockWords);
        Sha256Compression<TVector, TLanes>.Initialize(State);
        Sha256Compression<TVector, TLanes>.Compress(State, block);
    }

    private void HashParents(uint* row, uint* ahead, long node, TVector* labels, TVector* previous)
    {
        var distinct = previous == null ? SdrGraph.BaseDegree : SdrGraph.Degree;
        var blocks = distinct / 2;
        for (var i = 0; i < blocks; i++)
        {
            if (ahead != null)
            {
                Prefetch(ahead, 2 * i, node, labels, previous);
                Prefetch(ahead, (2 * i) + 1, node, labels, previous);
            }

            var schedule = Schedules + (i * ScheduleWords);
            Copy(Source(row, 2 * i, labels, previous), schedule);
            Copy(Source(row, (2 * i) + 1, labels, previous), schedule + Words);
            Sha256Compression<TVector, TLanes>.Compress(State, schedule);
        }

        for (int i = blocks, repeated = 0; i < ParentBlocks; i++)
        {
            Sha256Compression<TVector, TLanes>.CompressExpanded(State, Schedules + (repeated * ScheduleWords));
            repeated = repeated + 1 == blocks ? 0 : repeated + 1;
        }

        Copy(Source(row, (SdrLabel.ParentCount - 1) % distinct, labels, previous), OwnSchedule);
        HashPadding(Words, SdrLabel.PreimageSize);
    }

    private void HashPadding(int from, int messageSize)
    {
        var block = OwnSchedule;
        block[from] = TLanes.Broadcast(PaddingMark);
        Clear(block, from + 1, BlockWords - 1);
        block[BlockWords - 1] = TLanes.Broadcast((uint)messageSize * 8);
        Sha256Compression<TVector, TLanes>.Compress(State, block);
    }

    private void Store(TVector* label)
    {
        var state = State;
        for (var i = 0; i < Words - 1; i++)
        {
            label[i] = state[i];
        }

        label[Words - 1] = TLanes.And(state[Words - 1], TLanes.Broadcast(LastWordMask));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector* Source(uint* row, int k, TVector* labels, TVector* previous) =>
        (k < SdrGraph.BaseDegree ? labels : previous) + ((long)row[k] * Words);

    private static void Prefetch(uint* row, int k, long node, TVector* labels, TVector* previous)
    {
        // What was labelled just now is near anyway, and what is not labelled yet is nowhere.
        if (!Sse.IsSupported || (k < SdrGraph.BaseDegree && row[k] >= node))
        {
            return;
        }

        var source = (byte*)Source(row, k, labels, previous);
        for (var offset = 0; offset < Words * sizeof(TVector); offset += CacheLine)
        {
            Sse.Prefetch0(source + offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(TVector* source, TVector* target)
    {
        for (var i = 0; i < Words; i++)
        {
            target[i] = source[i];
        }
    }

    private static void Clear(TVector* block, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            block[i] = default;
        }
    }
}
