using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// Consecutive nodes of a layer, prepared for hashing: their parents' numbers and those labels that lie in files.
/// </summary>
internal sealed unsafe class LabelWindow(LabelMemoryPlan plan) : IDisposable
{
    private readonly NativeBuffer? _gathered = plan.GatheredPerNode == 0
        ? null
        : new NativeBuffer((long)plan.WindowNodes * plan.GatheredPerNode * SectorShape.NodeSize);

    /// <summary>14 parents per node.</summary>
    public uint[] Parents { get; } = new uint[plan.WindowNodes * SdrGraph.Degree];

    /// <summary>First node.</summary>
    public long FirstNode { get; private set; }

    /// <summary>Number of nodes, at most the plan's.</summary>
    public int Count { get; private set; }

    /// <summary>Nodes from here on are in memory; smaller base parents were gathered.</summary>
    public long ResidentFrom { get; private set; }

    /// <summary>Labels gathered per node; slot k of a node is its parent k.</summary>
    public int GatheredPerNode => plan.GatheredPerNode;

    /// <summary>The gathered labels, or null when whole layers are in memory.</summary>
    public byte* Gathered => _gathered is null ? null : _gathered.Pointer;

    /// <summary>Moves the window; what it held is no longer valid.</summary>
    public void MoveTo(long firstNode, int count, long residentFrom)
    {
        FirstNode = firstNode;
        Count = count;
        ResidentFrom = residentFrom;
    }

    /// <inheritdoc/>
    public void Dispose() => _gathered?.Dispose();
}
