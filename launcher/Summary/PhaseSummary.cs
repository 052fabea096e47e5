namespace Federation.Launcher.Summary;

/// <summary>How one phase went.</summary>
/// <param name="Phase">Task code.</param>
/// <param name="Count">Sectors that went through it.</param>
/// <param name="Seconds">Their time in it, together.</param>
/// <param name="Longest">The longest of them.</param>
internal sealed record PhaseSummary(string Phase, int Count, double Seconds, double Longest);
