namespace Federation.MinerAgent.Scheduling;

/// <summary>What a worker offers. Immutable.</summary>
/// <param name="Id">The worker's uuid.</param>
/// <param name="Phases">Task codes that it runs.</param>
/// <param name="Slots">How many of each it runs at once; absent = 1.</param>
/// <param name="MemoryBytes">Memory that it may use; 0 = not told, not limited.</param>
public sealed record WorkerCapacity(
    string Id, IReadOnlySet<string> Phases, IReadOnlyDictionary<string, uint> Slots, ulong MemoryBytes)
{
    /// <summary>How many of a phase it runs at once; 0 when it does not run it.</summary>
    public uint SlotsOf(string phase) =>
        Phases.Contains(phase) ? Slots.TryGetValue(phase, out var slots) ? slots : 1 : 0;
}
