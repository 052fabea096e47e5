using System.Collections.Concurrent;

namespace Federation.Hosting.Health;

/// <summary>Whether a daemon is ready: when each of the things that it named holds. Thread-safe.</summary>
public sealed class HealthState
{
    private readonly ConcurrentDictionary<string, bool> _conditions = new(StringComparer.Ordinal);

    /// <summary>Names what must hold, before any of it does: a daemon is not ready while it starts.</summary>
    public HealthState(params IEnumerable<string> conditions)
    {
        foreach (var condition in conditions)
        {
            _conditions[condition] = false;
        }
    }

    /// <summary>Whether all hold.</summary>
    public bool IsReady => _conditions.Values.All(holds => holds);

    /// <summary>What does not hold, in the order of names.</summary>
    public IReadOnlyList<string> Missing =>
        [.. _conditions.Where(c => !c.Value).Select(c => c.Key).Order(StringComparer.Ordinal)];

    /// <summary>Says whether a condition holds now.</summary>
    public void Set(string condition, bool holds) => _conditions[condition] = holds;
}
