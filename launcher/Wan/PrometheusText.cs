using System.Globalization;

namespace Federation.Launcher.Wan;

/// <summary>
/// Reads the samples of one counter from Prometheus' text format. Source: Prometheus exposition formats, text
/// 0.0.4.
/// </summary>
internal static class PrometheusText
{
    /// <summary>
    /// The samples of a metric: its labels, and its value. Lines that are not samples of it are passed over.
    /// </summary>
    public static IEnumerable<(IReadOnlyDictionary<string, string> Labels, double Value)> Samples(
        string text, string metric)
    {
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(metric, StringComparison.Ordinal) || line.Length == metric.Length
                || line[metric.Length] is not ('{' or ' '))
            {
                continue;
            }

            var labels = new Dictionary<string, string>(StringComparer.Ordinal);
            var end = line[metric.Length] == '{' ? ReadLabels(line, metric.Length + 1, labels) : metric.Length;
            var value = end < 0 ? "" : line[end..].Trim().Split(' ')[0];
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                yield return (labels, number);
            }
        }
    }

    /// <summary>Reads labels up to the closing brace; returns the position after it, or -1.</summary>
    private static int ReadLabels(string line, int position, Dictionary<string, string> labels)
    {
        while (position < line.Length && line[position] != '}')
        {
            var equals = line.IndexOf("=\"", position, StringComparison.Ordinal);
            if (equals < 0)
            {
                return -1;
            }

            var name = line[position..equals].Trim(' ', ',');
            var value = new System.Text.StringBuilder();
            for (position = equals + 2; position < line.Length && line[position] != '"'; position++)
            {
                if (line[position] == '\\' && position + 1 < line.Length)
                {
                    position++;
                    value.Append(line[position] == 'n' ? '\n' : line[position]);
                }
                else
                {
                    value.Append(line[position]);
                }
            }

            labels[name] = value.ToString();
            position++;
        }

        return position < line.Length ? position + 1 : -1;
    }
}
