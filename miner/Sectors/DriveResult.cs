namespace Federation.Miner.Sectors;

/// <summary>What a step came to.</summary>
/// <param name="Moved">True: something changed, or was refused because it had changed; step again at once.</param>
/// <param name="AtMost">When to step again even if nothing is heard; null = never.</param>
internal sealed record DriveResult(bool Moved, TimeSpan? AtMost);
