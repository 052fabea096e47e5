using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Federation.Hosting.Metrics;

/// <summary>All series of one metric: one for each combination of label values.</summary>
internal sealed class MetricFamily
{
    private readonly string _name;
    private readonly string _help;
    private readonly string _type;
    private readonly IReadOnlyList<string> _labels;
    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    internal MetricFamily(string name, string help, string type, IReadOnlyList<string> labels)
    {
        _name = name;
        _help = help;
        _type = type;
        _labels = labels;
    }

    internal MetricSeries Series(IReadOnlyList<string> labelValues)
    {
        if (labelValues.Count != _labels.Count)
        {
            throw new ArgumentException(
                $"{_name} has {_labels.Count} labels, not {labelValues.Count}", nameof(labelValues));
        }

        return _series.GetOrAdd(Render(labelValues), _ => new MetricSeries());
    }

    internal void Write(StringBuilder text)
    {
        text.Append("# HELP ").Append(_name).Append(' ').Append(Escape(_help, quotes: false)).Append('\n');
        text.Append("# TYPE ").Append(_name).Append(' ').Append(_type).Append('\n');
        foreach (var (labels, series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            text.Append(_name).Append(labels).Append(' ').Append(Number(series.Value)).Append('\n');
        }
    }

    private string Render(IReadOnlyList<string> values) => _labels.Count == 0
        ? "" : $"{{{string.Join(',', _labels.Zip(values, (l, v) => $"{l}=\"{Escape(v, quotes: true)}\""))}}}";

    private static string Escape(string text, bool quotes)
    {
        var escaped = text
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
