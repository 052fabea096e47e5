using System.Text;

namespace Federation.Hosting.Metrics;

/// <summary>
/// A process's metrics, written in Prometheus's text format 0.0.4. Names carry their unit (<c>_seconds</c>,
/// <c>_bytes</c>), counters end in <c>_total</c>. Thread-safe.
/// </summary>
/// <remarks>Label values must come from small sets: phases and regions, never sectors, which the log holds.</remarks>
public sealed class MetricsRegistry
{
    /// <summary>The format's content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <summary>Adds a counter.</summary>
    /// <param name="name">Its name, which no other metric has.</param>
    /// <param name="help">What it counts.</param>
    /// <param name="labels">Its labels' names.</param>
    public MetricCounter AddCounter(string name, string help, params IReadOnlyList<string> labels) =>
        name.EndsWith("_total", StringComparison.Ordinal)
            ? new MetricCounter(Add(name, help, "counter", labels))
            : throw new ArgumentException($"the counter {name} must end in _total", nameof(name));

    /// <summary>Adds a gauge.</summary>
    /// <param name="name">Its name, which no other metric has.</param>
    /// <param name="help">What it shows.</param>
    /// <param name="labels">Its labels' names.</param>
    public MetricGauge AddGauge(string name, string help, params IReadOnlyList<string> labels) =>
        new(Add(name, help, "gauge", labels));

    /// <summary>Writes all metrics, in the order of their names.</summary>
    public string Write()
    {
        MetricFamily[] families;
        lock (_lock)
        {
            families = [.. _families.Values];
        }

        var text = new StringBuilder();
        foreach (var family in families)
        {
            family.Write(text);
        }

        return text.ToString();
    }

    private MetricFamily Add(string name, string help, string type, IReadOnlyList<string> labels)
    {
        foreach (var word in labels.Prepend(name))
        {
            var isName = word.Length > 0 && !char.IsAsciiDigit(word[0])
                && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            if (!isName)
            {
                throw new ArgumentException($"\"{word}\" is no name of a metric or label", nameof(name));
            }
        }

        var family = new MetricFamily(name, help, type, labels);
        lock (_lock)
        {
            _families.Add(name, family);
        }

        if (labels.Count == 0)
        {
            // A metric without labels has exactly one series, there from the start.
            _ = family.Series([]);
        }

        return family;
    }
}
