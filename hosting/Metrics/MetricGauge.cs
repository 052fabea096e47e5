namespace Federation.Hosting.Metrics;

/// <summary>A number that goes up and down. Thread-safe.</summary>
public sealed class MetricGauge
{
    private readonly MetricFamily _family;

    internal MetricGauge(MetricFamily family) => _family = family;

    /// <summary>Sets the series of these label values.</summary>
    public void Set(double value, params IReadOnlyList<string> labelValues) => _family.Series(labelValues).Set(value);

    /// <summary>Adds an amount of either sign to the series of these label values.</summary>
    public void Add(double amount, params IReadOnlyList<string> labelValues) => _family.Series(labelValues).Add(amount);

    /// <summary>Lets the series of these label values ask a source whenever it is read.</summary>
    public void Observe(Func<double> source, params IReadOnlyList<string> labelValues) =>
        _family.Series(labelValues).Source = source;
}
