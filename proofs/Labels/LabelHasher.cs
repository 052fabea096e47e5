using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// The hot loop of PC1 on one thread: labels of consecutive nodes, 20 SHA-256 compressions each, one after the other
/// because each needs the one before. Allocates nothing. Not thread-safe.
/// </summary>
/// <param name="kernel">What compresses.</param>
internal sealed unsafe class LabelHasher(LabelKernel kernel) : IDisposable
{
    private const int NodeSize = SectorShape.NodeSize;
    private const int PrefetchDistance = 8, CancellationStride = 1024;

    private readonly NativeBuffer _blocks = new(LabelBlocks.Size);
    private readonly BlockHasher _hasher = new(kernel);

    /// <summary>Hashes the window's nodes.</summary>
    /// <param name="replicaId">Replica id.</param>
    /// <param name="layer">Layer, counted from 1.</param>
    /// <param name="window">Prepared nodes.</param>
    /// <param name="residentLabels">
    /// Labels of this layer from the window's first resident node on: those before the window are read, the window's
    /// are written. Must reach to the window's end.
    /// </param>
    /// <param name="previousLabels">
    /// All labels of the layer before, or null when they were gathered or the layer is the first.
    /// </param>
    /// <param name="cancellationToken">Looked at every 1024 labels.</param>
    public void Hash(
        Bytes32 replicaId,
        int layer,
        LabelWindow window,
        NativeBuffer residentLabels,
        NativeBuffer? previousLabels,
        CancellationToken cancellationToken)
    {
        var residentNodes = window.FirstNode + window.Count - window.ResidentFrom;
        ArgumentOutOfRangeException.ThrowIfLessThan(
            residentLabels.Size, residentNodes * NodeSize, nameof(residentLabels));
        var resident = residentLabels.Pointer;
        var previous = previousLabels is null ? null : previousLabels.Pointer;

        var blocks = _blocks.Pointer;
        if (window.FirstNode == 0)
        {
            LabelBlocks.WriteFirstNode(blocks, replicaId, layer);
            Compress(blocks, LabelBlocks.FirstNodeCount, resident);
        }

        LabelBlocks.WriteLayer(blocks, replicaId, layer);
        fixed (uint* parents = window.Parents)
        {
            for (var i = window.FirstNode == 0 ? 1 : 0; i < window.Count; i++)
            {
                if (i % CancellationStride == 1)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (previous != null && i + PrefetchDistance < window.Count)
                {
                    Prefetch(parents + ((i + PrefetchDistance) * SdrGraph.Degree), previous);
                }

                var node = window.FirstNode + i;
                LabelBlocks.WriteNode(blocks, node);
                PlaceParents(layer > 1, window, i, parents + (i * SdrGraph.Degree), resident, previous);
                Compress(blocks, LabelBlocks.Count, resident + ((node - window.ResidentFrom) * NodeSize));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blocks.Dispose();
        _hasher.Dispose();
    }

    private void Compress(byte* blocks, int count, byte* label)
    {
        Sha256Context.SetInitialState(_hasher.State);
        _hasher.Compress(blocks, count);
        LabelBlocks.WriteLabel(_hasher.State, label);
    }

    private void PlaceParents(bool expanded, LabelWindow window, int i, uint* row, byte* resident, byte* previous)
    {
        var blocks = _blocks.Pointer;
        var distinct = expanded ? SdrGraph.Degree : SdrGraph.BaseDegree;
        var gathered = window.Gathered + ((long)i * window.GatheredPerNode * NodeSize);
        for (var k = 0; k < SdrGraph.BaseDegree; k++)
        {
            var source = row[k] >= window.ResidentFrom
                ? resident + ((row[k] - window.ResidentFrom) * NodeSize)
                : gathered + (k * NodeSize);
            LabelBlocks.Place(blocks, k, distinct, source);
        }

        for (var k = SdrGraph.BaseDegree; k < distinct; k++)
        {
            var source = previous != null ? previous + ((long)row[k] * NodeSize) : gathered + (k * NodeSize);
            LabelBlocks.Place(blocks, k, distinct, source);
        }
    }

    private static void Prefetch(uint* row, byte* previous)
    {
        if (Sse.IsSupported)
        {
            for (var k = SdrGraph.BaseDegree; k < SdrGraph.Degree; k++)
            {
                Sse.Prefetch0(previous + ((long)row[k] * NodeSize));
            }
        }
    }
}
