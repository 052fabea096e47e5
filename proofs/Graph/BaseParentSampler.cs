using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Federation.Proofs.ChaCha;

namespace Federation.Proofs.Graph;

/// <summary>
/// The sampled base parents of many consecutive nodes: DRSample as <see cref="SdrGraph"/> has it, with the key streams
/// of several nodes made at once, and remainders by multiplication. Thread-safe.
/// </summary>
internal sealed class BaseParentSampler
{
    /// <summary>Parents that are sampled for each node; the sixth is the node before it.</summary>
    public const int Sampled = SdrGraph.BaseDegree - 1;

    private const int MaxBuckets = 40, MaxLanes = 16;

    private readonly uint[] _key = new uint[ChaCha8Lanes.FixedWords];

    // Of each bucket that the graph's beginning does not cut: its smallest distance, and how many it has.
    private readonly ulong[] _smallest = new ulong[MaxBuckets];
    private readonly Divisor[] _distances = new Divisor[MaxBuckets];
    private readonly Divisor[] _buckets = new Divisor[MaxBuckets];

    /// <param name="drgSeed">28 bytes.</param>
    public BaseParentSampler(ReadOnlySpan<byte> drgSeed)
    {
        for (var i = 0; i < _key.Length; i++)
        {
            _key[i] = BinaryPrimitives.ReadUInt32LittleEndian(drgSeed[(sizeof(uint) * i)..]);
        }

        for (var bucket = 1; bucket < MaxBuckets; bucket++)
        {
            _smallest[bucket] = Math.Max(2, (1UL << bucket) >> 1);
            _distances[bucket] = new Divisor((1UL << bucket) - _smallest[bucket] + 1);
            _buckets[bucket] = new Divisor((ulong)bucket);
        }
    }

    /// <summary>
    /// Writes five parents for each of consecutive nodes, with the widest vectors that the processor has.
    /// </summary>
    /// <param name="firstNode">First node, at least 2.</param>
    /// <param name="count">Number of nodes.</param>
    /// <param name="rows">Where node i's parents begin: at 14 × i.</param>
    public void Sample(uint firstNode, int count, Span<uint> rows)
    {
        if (LaneWords16.IsSupported)
        {
            Sample<LaneWords16>(firstNode, count, rows);
        }
        else if (LaneWords8.IsSupported)
        {
            Sample<LaneWords8>(firstNode, count, rows);
        }
        else if (LaneWords4.IsSupported)
        {
            Sample<LaneWords4>(firstNode, count, rows);
        }
        else
        {
            Sample<LaneWords1>(firstNode, count, rows);
        }
    }

    /// <summary>As above, with vectors of the caller's choice.</summary>
    [SkipLocalsInit]
    internal void Sample<T>(uint firstNode, int count, Span<uint> rows)
        where T : unmanaged, ILaneWords<T>
    {
        // Every access below is within these: the streams' lanes, and five words of each of count rows.
        ArgumentOutOfRangeException.ThrowIfLessThan(
            rows.Length, ((count - 1) * SdrGraph.Degree) + Sampled, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(firstNode, 2u);
        Span<uint> streams = stackalloc uint[ChaCha8Lanes.StreamWords * MaxLanes];
        ref var row = ref MemoryMarshal.GetReference(rows);
        for (var done = 0; done < count; done += T.Lanes)
        {
            var first = firstNode + (uint)done;
            ChaCha8Lanes.Compute<T>(_key, first, streams);
            var lanes = Math.Min(T.Lanes, count - done);
            for (var lane = 0; lane < lanes; lane++)
            {
                SampleNode(
                    first + (uint)lane,
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(streams), lane),
                    T.Lanes,
                    ref row);
                row = ref Unsafe.Add(ref row, SdrGraph.Degree);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SampleNode(uint node, ref uint stream, int stride, ref uint parents)
    {
        var metaNode = (ulong)node * Sampled;
        var buckets = 64 - BitOperations.LeadingZeroCount(metaNode - 1);
        var ofBuckets = _buckets[buckets];
        for (var i = 0; i < Sampled; i++)
        {
            var bucket = (int)ofBuckets.Remainder(Next(ref stream, stride)) + 1;
            stream = ref Unsafe.Add(ref stream, 2 * stride);
            var random = Next(ref stream, stride);
            stream = ref Unsafe.Add(ref stream, 2 * stride);

            // Only the last bucket reaches beyond the graph's beginning.
            var distance = bucket == buckets
                ? CutDistance(metaNode, random)
                : _smallest[bucket] + _distances[bucket].Remainder(random);
            var sampled = (uint)((metaNode - distance) / Sampled);
            Unsafe.Add(ref parents, i) = sampled == node ? node - 1 : sampled;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong CutDistance(ulong metaNode, ulong random)
    {
        var smallest = Math.Max(2, metaNode >> 1);
        return smallest + (random % (metaNode - smallest + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Next(ref uint stream, int stride) =>
        stream | ((ulong)Unsafe.Add(ref stream, stride) << 32);
}
