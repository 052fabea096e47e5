namespace Federation.Hosting.Waits;

/// <summary>
/// Says of conditions that may hold for long when each is to be told: once, when it has held for a while, and again
/// only after it has ended. Used by one loop at a time.
/// </summary>
/// <param name="patience">How long one holds before it is told: what ends sooner is not worth a line.</param>
/// <param name="time">The clock.</param>
public sealed class StandingNotices<T>(TimeSpan patience, TimeProvider time)
    where T : notnull
{
    private readonly Dictionary<T, long> _since = [];
    private readonly HashSet<T> _told = [];

    /// <summary>Takes in all that hold now; gives those to tell now, in the order given.</summary>
    public IReadOnlyList<T> Look(IEnumerable<T> holding)
    {
        var now = time.GetTimestamp();
        var all = holding.Distinct().ToList();
        foreach (var ended in _since.Keys.Except(all).ToList())
        {
            _since.Remove(ended);
            _told.Remove(ended);
        }

        foreach (var begun in all)
        {
            _since.TryAdd(begun, now);
        }

        return [.. all.Where(one => time.GetElapsedTime(_since[one], now) >= patience && _told.Add(one))];
    }
}
