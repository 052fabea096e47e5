using System.Text.Json;
using Federation.Hosting;

namespace Federation.Launcher.Wan;

/// <summary>
/// Sums up what the agents' counters say, over all their incarnations: a counter that fell began anew. Kept in a file,
/// so that a resumed federation goes on counting. Used by one task at a time.
/// </summary>
internal sealed class WanMeter
{
    private const string Metric = "federation_wan_bytes_total";

    private readonly string _file;
    private readonly Dictionary<string, Counter> _counters;

    private WanMeter(string file, Dictionary<string, Counter> counters)
    {
        _file = file;
        _counters = counters;
    }

    /// <summary>Bytes so far, all regions together.</summary>
    public WanBytes Total => new(Sum("store"), Sum("miner"), Sum("bulk"));

    /// <summary>Opens the meter of a federation.</summary>
    /// <exception cref="OperatorException">The file is damaged.</exception>
    public static WanMeter Open(string file)
    {
        try
        {
            var counters = File.Exists(file)
                ? JsonSerializer.Deserialize<Dictionary<string, Counter>>(File.ReadAllBytes(file))
                : null;
            return new WanMeter(file, counters ?? []);
        }
        catch (JsonException error)
        {
            throw new OperatorException(
                $"{file}, which counts the bytes between regions, is damaged ({error.Message})",
                "delete it: counting begins anew", error);
        }
    }

    /// <summary>Takes in what an agent's metrics page says.</summary>
    public void Read(string agent, string metricsPage)
    {
        foreach (var (labels, value) in PrometheusText.Samples(metricsPage, Metric))
        {
            var key = $"{agent}/{labels.GetValueOrDefault("peer")}/{labels.GetValueOrDefault("direction")}";
            var counter = _counters.GetValueOrDefault(key, new Counter(0, 0));
            var now = (long)value;
            _counters[key] = now < counter.Last
                ? new Counter(counter.Before + counter.Last, now)
                : counter with { Last = now };
        }
    }

    /// <summary>Keeps the sums. Called before the agents are stopped, and now and then.</summary>
    public void Save()
    {
        File.WriteAllBytes(_file + ".tmp", JsonSerializer.SerializeToUtf8Bytes(_counters));
        File.Move(_file + ".tmp", _file, overwrite: true);
    }

    /// <summary>
    /// Says that the agents begin anew. Without it a counter that has grown past its last value since could not be told
    /// from one that went on.
    /// </summary>
    public void AgentsRestart()
    {
        foreach (var (key, counter) in _counters.ToList())
        {
            _counters[key] = new Counter(counter.Before + counter.Last, 0);
        }
    }

    private long Sum(string peer) => _counters
        .Where(pair => pair.Key.Contains($"/{peer}/", StringComparison.Ordinal))
        .Sum(pair => pair.Value.Before + pair.Value.Last);

    /// <summary>A counter: the sum of earlier incarnations, and the present one's last value.</summary>
    internal sealed record Counter(long Before, long Last);
}
