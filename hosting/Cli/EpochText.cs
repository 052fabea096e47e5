namespace Federation.Hosting.Cli;

/// <summary>Chain epochs as Lotus's tables show them.</summary>
public static class EpochText
{
    private const double LongestSeconds = 9e11;

    private static readonly (string Name, long Seconds)[] Units =
    [
        ("year", 365 * 86400), ("week", 7 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1),
    ];

    /// <summary><c>N (in X Y)</c>, <c>N (X Y ago)</c> or <c>N (now)</c>, with the two largest units.</summary>
    /// <param name="current">The chain's epoch.</param>
    /// <param name="epoch">The epoch to show.</param>
    /// <param name="epochLength">How long an epoch lasts.</param>
    public static string Format(long current, long epoch, TimeSpan epochLength)
    {
        // What another side wrote may be any number; no time span holds more than this.
        var seconds = epochLength.TotalSeconds * Math.Abs((double)epoch - current);
        var away = FormatRough(TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)));
        return epoch == current ? $"{epoch} (now)" : epoch > current ? $"{epoch} (in {away})" : $"{epoch} ({away} ago)";
    }

    /// <summary>A duration by its two largest units: <c>1 year 20 weeks</c>, <c>3 minutes 12 seconds</c>.</summary>
    public static string FormatRough(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var parts = new List<string>();
        foreach (var (name, size) in Units)
        {
            var count = seconds / size;
            seconds %= size;
            if (count > 0)
            {
                parts.Add(count == 1 ? $"1 {name}" : $"{count} {name}s");
            }
        }

        return parts.Count == 0 ? "0 seconds" : string.Join(' ', parts.Take(2));
    }
}
