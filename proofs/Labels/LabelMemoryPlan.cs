using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// What of two layers is held in memory: both when they fit the setting; else both in mapped files, where the system
/// has room for their pages; else the one before, whose parents are anywhere; else windows only, with positioned reads
/// for what lies outside them.
/// </summary>
/// <param name="PreviousInMemory">The whole layer before is in memory.</param>
/// <param name="CurrentInMemory">The whole layer that is made is in memory.</param>
/// <param name="WindowNodes">Nodes that are prepared, hashed and written at once.</param>
/// <param name="IsMapped">Layers in memory are files' pages, which the system can take back.</param>
internal readonly record struct LabelMemoryPlan(
    bool PreviousInMemory, bool CurrentInMemory, int WindowNodes, bool IsMapped = false)
{
    private const int LargestWindow = 1 << 16, SmallestWindow = 1 << 10;

    // Two windows are alive at once: one is prepared while the other is hashed.
    private const int ParentBytes = 2 * ParentCacheFile.RowSize;
    private const int ResidentBytes = 2 * SectorShape.NodeSize;

    /// <summary>Labels per node that are fetched from files before a window is hashed.</summary>
    public int GatheredPerNode => CurrentInMemory ? 0 : PreviousInMemory ? SdrGraph.BaseDegree : SdrGraph.Degree;

    /// <summary>Bytes that this plan allocates for a sector.</summary>
    public long Bytes(SectorShape shape) =>
        (IsMapped ? 0 : shape.SectorSize * ((PreviousInMemory ? 1 : 0) + (CurrentInMemory ? 1 : 0)))
        + (CurrentInMemory ? LabelRing.Bytes : 0)
        + ((long)WindowNodes * (
            ParentBytes + (CurrentInMemory ? 0 : ResidentBytes) + (2 * GatheredPerNode * SectorShape.NodeSize)));

    /// <summary>The fastest plan within the memory and what the system spares for pages of files.</summary>
    public static LabelMemoryPlan For(SectorShape shape, long memoryBytes, long pageCacheBytes)
    {
        var plan = For(shape, memoryBytes);
        return plan.CurrentInMemory || 2 * shape.SectorSize > pageCacheBytes
            ? plan
            : new LabelMemoryPlan(true, true, SmallestWindow, IsMapped: true);
    }

    /// <summary>The fastest plan within the memory, without mapped files.</summary>
    public static LabelMemoryPlan For(SectorShape shape, long memoryBytes)
    {
        foreach (var (previous, current) in new[] { (true, true), (true, false), (false, false) })
        {
            for (var window = LargestWindow; window >= SmallestWindow; window /= 2)
            {
                var plan = new LabelMemoryPlan(previous, current, (int)Math.Min(window, shape.Nodes));
                if (plan.Bytes(shape) <= memoryBytes)
                {
                    return plan;
                }
            }
        }

        return new LabelMemoryPlan(false, false, (int)Math.Min(SmallestWindow, shape.Nodes));
    }
}
