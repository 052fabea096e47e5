using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Federation.Hosting.Units;

/// <summary>
/// Durations as Go writes them (<c>1h46m40.5s</c>), which is how configuration files and Lotus's tables hold them.
/// </summary>
public static class GoDuration
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Name, decimal Ticks)[] Units =
    [
        ("ns", TicksPerMicrosecond / 1000m), ("us", TicksPerMicrosecond), ("µs", TicksPerMicrosecond),
        ("μs", TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>
    /// Reads a duration such as <c>30s</c>, <c>1h0m0s</c>, <c>1.5h</c> or <c>-200ms</c>; <c>0</c> alone needs no unit.
    /// What is finer than 100 ns is cut off.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.AsSpan();
        var negative = rest.StartsWith('-');
        if (negative || rest.StartsWith('+'))
        {
            rest = rest[1..];
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        rest = rest is "0" ? [] : rest;
        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryTakeUnit(ref rest, out var part) || (ticks += part) > long.MaxValue)
            {
                return false;
            }
        }

        duration = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    /// <summary>
    /// Prints a duration as Go does: <c>0s</c>, <c>1.5ms</c>, <c>43.4s</c>, <c>1m1.1s</c>, <c>2h0m0s</c>.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        var sign = duration < TimeSpan.Zero ? "-" : "";
        var ticks = duration.Ticks < 0 ? 0 - (decimal)duration.Ticks : duration.Ticks;
        if (ticks < TimeSpan.TicksPerSecond)
        {
            var (unit, size) = ticks >= TimeSpan.TicksPerMillisecond ? ("ms", (decimal)TimeSpan.TicksPerMillisecond)
                : ticks >= TicksPerMicrosecond ? ("µs", TicksPerMicrosecond)
                : ("ns", TicksPerMicrosecond / 1000m);
            return sign + Number(ticks / size) + unit;
        }

        var hours = decimal.Floor(ticks / TimeSpan.TicksPerHour);
        var minutes = decimal.Floor(ticks / TimeSpan.TicksPerMinute) % 60;
        var seconds = Number(ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond) + "s";
        return sign + (hours > 0 ? $"{Number(hours)}h{Number(minutes)}m" : minutes > 0 ? $"{Number(minutes)}m" : "")
            + seconds;
    }

    /// <summary>Cuts a duration to whole steps of 100 ms and prints it, as Lotus's tables show run times.</summary>
    public static string FormatTruncated(TimeSpan duration)
    {
        const long Step = 100 * TimeSpan.TicksPerMillisecond;
        return Format(TimeSpan.FromTicks(duration.Ticks / Step * Step));
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<char> rest, out decimal ticks)
    {
        ticks = 0;
        var digits = rest.IndexOfAnyExcept(NumberCharacters);
        if (digits <= 0 || !decimal.TryParse(
            rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[digits..];
        var length = rest.IndexOfAny(NumberCharacters);
        var name = length < 0 ? rest : rest[..length];
        foreach (var unit in Units)
        {
            if (name.SequenceEqual(unit.Name) && number <= long.MaxValue / unit.Ticks)
            {
                rest = rest[name.Length..];
                ticks = decimal.Truncate(number * unit.Ticks);
                return true;
            }
        }

        return false;
    }

    private static string Number(decimal n) => n.ToString("0.#########", CultureInfo.InvariantCulture);
}
