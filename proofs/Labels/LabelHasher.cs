using System.Runtime.Intrinsics.X86;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// The hot loop of PC1: labels of consecutive nodes, 20 SHA-256 compressions each, one after the other because each
/// needs the one before. Allocates nothing. Not thread-safe.
/// </summary>
internal sealed unsafe class LabelHasher : IDisposable
{
    private const int NodeSize = SectorShape.NodeSize;
    private const int PrefetchDistance = 8, CancellationStride = 1024;

    private readonly NativeBuffer _preimage = new(SdrLabel.PreimageSize);

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

        var preimage = _preimage.Span(0, SdrLabel.PreimageSize);
        SdrLabel.WritePrefix(replicaId, (uint)layer, preimage);
        fixed (uint* parents = window.Parents)
        {
            for (var i = 0; i < window.Count; i++)
            {
                if (i % CancellationStride == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (previous != null && i + PrefetchDistance < window.Count)
                {
                    Prefetch(parents + ((i + PrefetchDistance) * SdrGraph.Degree), previous);
                }

                var node = window.FirstNode + i;
                var label = new Span<byte>(resident + ((node - window.ResidentFrom) * NodeSize), NodeSize);
                SdrLabel.WriteNode((ulong)node, preimage);
                if (node == 0)
                {
                    SdrLabel.Hash(preimage[..SdrLabel.PrefixSize], label);
                    continue;
                }

                CopyParents(layer > 1, window, i, parents + (i * SdrGraph.Degree), resident, previous);
                SdrLabel.Hash(preimage, label);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _preimage.Dispose();

    private void CopyParents(bool expanded, LabelWindow window, int i, uint* row, byte* resident, byte* previous)
    {
        var target = _preimage.Pointer + SdrLabel.PrefixSize;
        var gathered = window.Gathered + ((long)i * window.GatheredPerNode * NodeSize);
        for (var k = 0; k < SdrGraph.BaseDegree; k++)
        {
            var source = row[k] >= window.ResidentFrom
                ? resident + ((row[k] - window.ResidentFrom) * NodeSize)
                : gathered + (k * NodeSize);
            CopyNode(source, target + (k * NodeSize));
        }

        if (!expanded)
        {
            Repeat(target, SdrGraph.BaseDegree);
            return;
        }

        for (var k = SdrGraph.BaseDegree; k < SdrGraph.Degree; k++)
        {
            var source = previous != null ? previous + ((long)row[k] * NodeSize) : gathered + (k * NodeSize);
            CopyNode(source, target + (k * NodeSize));
        }

        Repeat(target, SdrGraph.Degree);
    }

    /// <summary>Repeats the first labels in order until there are 37.</summary>
    private static void Repeat(byte* labels, int count)
    {
        for (var filled = count; filled < SdrLabel.ParentCount; filled += count)
        {
            var size = Math.Min(count, SdrLabel.ParentCount - filled) * NodeSize;
            Buffer.MemoryCopy(labels, labels + (filled * NodeSize), size, size);
        }
    }

    private static void CopyNode(byte* source, byte* target)
    {
        var from = (ulong*)source;
        var to = (ulong*)target;
        to[0] = from[0];
        to[1] = from[1];
        to[2] = from[2];
        to[3] = from[3];
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
