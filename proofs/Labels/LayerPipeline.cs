using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Labels whole layers in memory: the caller's thread runs the chain of hashes, another gathers parents ahead; where
/// only one thread may run, the two take turns. Not thread-safe.
/// </summary>
/// <param name="parents">Used by the gathering thread only.</param>
/// <param name="kernel">What compresses.</param>
/// <param name="gatherAhead">Use a thread for gathering.</param>
internal sealed class LayerPipeline(IParentReader parents, LabelKernel kernel, bool gatherAhead) : IDisposable
{
    private const int NodesPerReport = 1 << 13;

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
        hasher.HashFirstNode(replicaId, layer, current);
        _ring.Open(firstNode: 1);
        using var gatherer = new RingGatherer(
            _ring, parents, kernel, replicaId, layer, nodes, current, previous);
        if (gatherAhead)
        {
            HashBesideGatherer(hasher, gatherer, layer, nodes, current, labelled, cancellationToken);
        }
        else
        {
            TakeTurns(hasher, gatherer, layer, nodes, current, labelled, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();

    private static int Distinct(int layer) => layer == 1 ? SdrGraph.BaseDegree : SdrGraph.Degree;

    private void HashBesideGatherer(
        RingHasher hasher,
        RingGatherer gatherer,
        int layer,
        long nodes,
        NativeBuffer current,
        Action<long> labelled,
        CancellationToken cancellationToken)
    {
        var gathering = Task.Factory.StartNew(
            () => Gather(gatherer), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var isOpen = true;
            for (long from = 1, to; from < nodes && isOpen; from = to)
            {
                cancellationToken.ThrowIfCancellationRequested();
                to = Math.Min(nodes, (from + NodesPerReport) & -NodesPerReport);
                isOpen = hasher.Hash(from, to, Distinct(layer), current);
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

    private void Gather(RingGatherer gatherer)
    {
        try
        {
            gatherer.Run(1);
        }
        finally
        {
            // After a failure the hasher must not wait for labels that never come.
            _ring.Close();
        }
    }

    private static void TakeTurns(
        RingHasher hasher,
        RingGatherer gatherer,
        int layer,
        long nodes,
        NativeBuffer current,
        Action<long> labelled,
        CancellationToken cancellationToken)
    {
        var reported = 0L;
        for (long from = 1, to; from < nodes; from = to)
        {
            to = Math.Min(nodes, from + RingGatherer.NodesPerStep);
            gatherer.Step(from);
            hasher.Hash(from, to, Distinct(layer), current);
            if (to == nodes || to - reported >= NodesPerReport)
            {
                cancellationToken.ThrowIfCancellationRequested();
                labelled(to);
                reported = to;
            }
        }
    }
}
