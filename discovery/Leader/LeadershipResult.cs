namespace Federation.Discovery.Leader;

/// <summary>The role, or why it was refused.</summary>
/// <param name="Leadership">The role; null when refused.</param>
/// <param name="Reason">One sentence with the remedy; empty when taken.</param>
public sealed record LeadershipResult(Leadership? Leadership, string Reason);
