using Federation.Proto.Gates;

namespace Federation.MinerAgent.Workers;

/// <summary>How far a worker said that a run is, and when it said so. Immutable.</summary>
/// <param name="Told">The worker's word, checked.</param>
/// <param name="HeardTimestamp">When it came, by the monotonic clock.</param>
public sealed record HeardProgress(TaskProgress Told, long HeardTimestamp)
{
    private const int MaxStage = 64;

    /// <summary>False for what no phase says: operators are shown the rest as it is.</summary>
    public static bool IsValid(TaskProgress told) =>
        told.Stage.Length <= MaxStage && !told.Stage.Any(char.IsControl)
        && told.Fraction is >= 0 and <= 1
        && told.PerSecond is >= 0 and < double.PositiveInfinity
        && told.RemainingSeconds is >= 0 and < double.PositiveInfinity;

    /// <summary>What is left now if it went on as it did, in seconds; 0 = not known.</summary>
    public double RemainingSeconds(TimeProvider time) =>
        Math.Max(0, Told.RemainingSeconds - time.GetElapsedTime(HeardTimestamp).TotalSeconds);
}
