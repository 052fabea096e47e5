namespace Federation.Hosting.Metrics;

/// <summary>A number that only grows. Thread-safe.</summary>
public sealed class MetricCounter
{
    private readonly MetricFamily _family;

    internal MetricCounter(MetricFamily family) => _family = family;

    /// <summary>Adds one to the series of these label values.</summary>
    public void Increment(params IReadOnlyList<string> labelValues) => _family.Series(labelValues).Add(1);

    /// <summary>Adds an amount, at least zero, to the series of these label values.</summary>
    public void Add(double amount, params IReadOnlyList<string> labelValues)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        _family.Series(labelValues).Add(amount);
    }
}
