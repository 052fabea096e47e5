namespace Federation.MinerAgent.Jobs;

/// <summary>How often a phase failed under an order, and where.</summary>
internal sealed class PhaseTries(uint order, string phase, uint failures)
{
    private readonly HashSet<string> _avoid = new(StringComparer.Ordinal);

    /// <summary>Failures so far; those before a restart come from the report.</summary>
    public uint Failures { get; private set; } = failures;

    /// <summary>Workers that failed it.</summary>
    public IReadOnlySet<string> Avoid => _avoid;

    public bool IsFor(uint otherOrder, string otherPhase) => order == otherOrder && phase == otherPhase;

    public void Failed(string? worker)
    {
        Failures++;
        if (worker is not null)
        {
            _avoid.Add(worker);
        }
    }
}
