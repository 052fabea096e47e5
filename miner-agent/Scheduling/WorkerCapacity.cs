namespace Federation.MinerAgent.Scheduling;

/// <summary>What a worker offers. Immutable.</summary>
/// <param name="Id">The worker's uuid.</param>
/// <param name="Phases">Task codes that it runs.</param>
/// <param name="Slots">How many of each it runs at once; absent = 1.</param>
/// <param name="MemoryBytes">Memory that it may use; 0 = not told, not limited.</param>
/// <param name="Lanes">PC1 in lockstep, in place of PC1's slots; null = not offered.</param>
public sealed record WorkerCapacity(
    string Id, IReadOnlySet<string> Phases, IReadOnlyDictionary<string, uint> Slots, ulong MemoryBytes,
    LaneOffer? Lanes = null)
{
    /// <summary>How many of a phase it runs at once; 0 when it does not run it.</summary>
    public uint SlotsOf(string phase) => phase == TaskCode.PreCommit1 && Lanes is not null && Phases.Contains(phase)
        ? Lanes.Count
        : PlainSlotsOf(phase);

    /// <summary>The same without lanes.</summary>
    public uint PlainSlotsOf(string phase) =>
        Phases.Contains(phase) ? Slots.TryGetValue(phase, out var slots) ? slots : 1 : 0;

    /// <summary>How many such requests it takes together in lockstep; 0 where they go one by one.</summary>
    public uint LanesFor(PhaseRequest request) =>
        request is { Phase: TaskCode.PreCommit1, Kind: { } kind } && Phases.Contains(request.Phase) && Lanes is not null
            ? Lanes.Fitting(kind.SectorSize)
            : 0;
}
