using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Labels whole layers in memory on two threads: one gathers parents ahead, the caller's runs the chain of hashes.
/// Not thread-safe.
/// </summary>
/// <param name="parents">Used by the gathering thread only.</param>
/// <param name="kernel">What compresses.</param>
internal sealed unsafe class LayerPipeline(IParentReader parents, LabelKernel kernel) : IDisposable
{
    private const int NodesPerStep = 1 << 13;

    private readonly LabelRing _ring = new();

    /// <summary>Labels a layer.</summary>
    /// <param name="replicaId">Replica id.</param>
    /// <param name="layer">Layer, counted from 1.</param>
    /// <param name="nodes">Nodes of a layer.</param>
    /// <param name="current">Where the labels go.</param>
    /// <param name="previous">Labels of the layer before; null in layer 1.</param>
    /// <param name="labelled">Told every 8192 nodes how many are labelled.</param>
    /// <param name="cancellationToken">Looked at as often.</param>
    public void Run(
        Bytes32 replicaId,
        int layer,
        long nodes,
        NativeBuffer current,
        NativeBuffer? previous,
        Action<long> labelled,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(current.Size, nodes * SectorShape.NodeSize, nameof(current));
        ArgumentOutOfRangeException.ThrowIfNotEqual(previous is not null, layer > 1, nameof(previous));
        using var hasher = new RingHasher(_ring, kernel);
        hasher.HashFirstNode(replicaId, layer, current.Pointer);
        _ring.Open(replicaId, layer, firstNode: 1);
        var gathering = Task.Factory.StartNew(
            () => Gather(nodes, current, previous),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            var distinct = layer == 1 ? SdrGraph.BaseDegree : SdrGraph.Degree;
            var isOpen = true;
            for (long from = 1, to; from < nodes && isOpen; from = to)
            {
                cancellationToken.ThrowIfCancellationRequested();
                to = Math.Min(nodes, (from + NodesPerStep) & -NodesPerStep);
                isOpen = hasher.Hash(from, to, distinct, current.Pointer);
                labelled(to);
            }
        }
        finally
        {
            // The other thread must have left the memory before it is freed, whatever happened here.
            _ring.Close();
            Task.WaitAny([gathering], CancellationToken.None);
        }

        gathering.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();

    private void Gather(long nodes, NativeBuffer current, NativeBuffer? previous)
    {
        try
        {
            using var gatherer = new RingGatherer(_ring, parents, kernel);
            gatherer.Run(1, nodes, current.Pointer, previous is null ? null : previous.Pointer);
        }
        finally
        {
            // After a failure the hasher must not wait for labels that never come.
            _ring.Close();
        }
    }
}
