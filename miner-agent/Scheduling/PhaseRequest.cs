namespace Federation.MinerAgent.Scheduling;

/// <summary>A phase that wants a worker.</summary>
/// <param name="Sector">Sector number.</param>
/// <param name="Phase">Task code.</param>
/// <param name="MemoryBytes">Memory that it asks for.</param>
/// <param name="Priority">Requested priority; higher comes first among phases of the same sign of order.</param>
/// <param name="Avoid">Workers where it failed: taken only when no other worker could ever run it.</param>
/// <param name="Kind">What it can be labelled in lockstep with; null = nothing.</param>
public sealed record PhaseRequest(
    ulong Sector, string Phase, ulong MemoryBytes, int Priority = 0, IReadOnlySet<string>? Avoid = null,
    LaneKind? Kind = null)
{
    /// <summary>Sorts requests by <see cref="Compare"/>.</summary>
    public static IComparer<PhaseRequest> ByUrgency { get; } = Comparer<PhaseRequest>.Create(Compare);

    /// <summary>
    /// Lotus's order of requests: a negative order value outranks any priority, then priority, then the order value,
    /// then the sector's number, so that older sectors end first.
    /// </summary>
    public static int Compare(PhaseRequest left, PhaseRequest right)
    {
        var (leftOrder, rightOrder) = (TaskCode.Order(left.Phase), TaskCode.Order(right.Phase));
        if (leftOrder < 0 != rightOrder < 0)
        {
            return leftOrder < 0 ? -1 : 1;
        }

        var byPriority = right.Priority.CompareTo(left.Priority);
        var byOrder = byPriority != 0 ? byPriority : leftOrder.CompareTo(rightOrder);
        return byOrder != 0 ? byOrder : left.Sector.CompareTo(right.Sector);
    }

    /// <summary>True when the worker failed this phase before.</summary>
    public bool Avoids(string worker) => Avoid?.Contains(worker) == true;
}
