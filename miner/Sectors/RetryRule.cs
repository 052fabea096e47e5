namespace Federation.Miner.Sectors;

/// <summary>How a failure state is left.</summary>
/// <param name="State">The failure state.</param>
/// <param name="Attempts">Failures in a row after which the sector stays there and needs an operator.</param>
/// <param name="Base">Wait after the first failure; doubled with each further one.</param>
/// <param name="Cap">Longest wait.</param>
internal sealed record RetryRule(string State, int Attempts, TimeSpan Base, TimeSpan Cap)
{
    /// <summary>
    /// The wait after the n-th failure in a row, shortened by up to half so that failures do not march in step.
    /// </summary>
    public TimeSpan Wait(uint failures, double random) => Wait(Base, Cap, failures, random);

    /// <summary>The same for any first and longest wait.</summary>
    public static TimeSpan Wait(TimeSpan first, TimeSpan longest, uint failures, double random)
    {
        var doublings = (int)Math.Min(failures == 0 ? 0 : failures - 1, 30);
        var full = Math.Min(first.TotalMilliseconds * (1L << doublings), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Round(full * (1 - (random / 2))));
    }
}
