using System.Runtime.Intrinsics;
using Federation.Proofs.Graph;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Labels;

/// <summary>
/// Labels several sectors of one graph in lockstep, one in each lane. Labels lie interleaved: a node's label is 8
/// words, each of all lanes together, as numbers of the machine's order, so that one fetch of a parent serves all lanes
/// and nothing is transposed. Allocates nothing in its loop. Not thread-safe.
/// </summary>
internal abstract unsafe class LaneHasher : IDisposable
{
    /// <summary>The widest that this machine has hardware for.</summary>
    public static int WidestLanes { get; } =
        Lanes16.IsSupported ? Lanes16.Count : Lanes8.IsSupported ? Lanes8.Count : Lanes4.Count;

    /// <summary>Sectors side by side.</summary>
    public abstract int Lanes { get; }

    /// <summary>Bytes of a node's labels.</summary>
    public int NodeBytes => Lanes * SectorShape.NodeSize;

    /// <summary>A hasher of so many lanes.</summary>
    /// <param name="lanes">16, 8 or 4; each works on every machine.</param>
    public static LaneHasher Create(int lanes) => lanes switch
    {
        16 => new LaneHasher<Vector512<uint>, Lanes16>(),
        8 => new LaneHasher<Vector256<uint>, Lanes8>(),
        4 => new LaneHasher<Vector128<uint>, Lanes4>(),
        _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "known are 16, 8 and 4 lanes"),
    };

    /// <summary>Begins a layer.</summary>
    /// <param name="replicaIds">One of each lane in use; the other lanes' labels have no meaning.</param>
    /// <param name="layer">Layer, counted from 1.</param>
    public abstract void Open(ReadOnlySpan<Bytes32> replicaIds, int layer);

    /// <summary>Labels consecutive nodes; all before the first are labelled.</summary>
    /// <param name="first">First node.</param>
    /// <param name="count">Number of nodes.</param>
    /// <param name="rows">14 parents of each node.</param>
    /// <param name="current">Interleaved labels of this layer.</param>
    /// <param name="previous">Those of the layer before, all nodes; null in layer 1.</param>
    public void Hash(long first, int count, NativeBuffer rows, NativeBuffer current, NativeBuffer? previous)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Size, (long)count * ParentCacheFile.RowSize, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfLessThan(current.Size, (first + count) * NodeBytes, nameof(current));
        Hash(first, count, (uint*)rows.Pointer, current.Pointer, previous is null ? null : previous.Pointer);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>As the public form, whose lengths were checked.</summary>
    protected abstract void Hash(long first, int count, uint* rows, byte* current, byte* previous);
}
