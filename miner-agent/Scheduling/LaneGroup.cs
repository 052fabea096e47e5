namespace Federation.MinerAgent.Scheduling;

/// <summary>Sectors that one worker labels in lockstep.</summary>
/// <param name="Id">What all of them name.</param>
/// <param name="Count">How many they are.</param>
public sealed record LaneGroup(Guid Id, uint Count);
