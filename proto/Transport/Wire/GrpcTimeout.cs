using System.Globalization;

namespace Federation.Proto.Transport.Wire;

/// <summary>The header <c>grpc-timeout</c>: at most eight digits and a unit, H M S m u n.</summary>
internal static class GrpcTimeout
{
    private const long MaxValue = 99_999_999;
    private const int TicksPerMicrosecond = 10;
    private const int NanosecondsPerTick = 100;

    /// <summary>The longest wait that a timer takes; a longer time-out counts as this.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(40);

    /// <summary>
    /// Writes a time-out in the finest unit that holds it, rounded up; none or less is written as 1n.
    /// </summary>
    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        var (value, unit) = timeout.Ticks switch
        {
            <= MaxValue / NanosecondsPerTick => (timeout.Ticks * NanosecondsPerTick, 'n'),
            <= MaxValue * TicksPerMicrosecond => (RoundUp(timeout.Ticks, TicksPerMicrosecond), 'u'),
            <= MaxValue * TimeSpan.TicksPerMillisecond => (RoundUp(timeout.Ticks, TimeSpan.TicksPerMillisecond), 'm'),
            <= MaxValue * TimeSpan.TicksPerSecond => (RoundUp(timeout.Ticks, TimeSpan.TicksPerSecond), 'S'),
            <= MaxValue * TimeSpan.TicksPerMinute => (RoundUp(timeout.Ticks, TimeSpan.TicksPerMinute), 'M'),
            _ => (Math.Min(RoundUp(timeout.Ticks, TimeSpan.TicksPerHour), MaxValue), 'H'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
    }

    /// <summary>Reads a time-out; false for anything that is not one.</summary>
    public static bool TryParse(string? text, out TimeSpan timeout)
    {
        timeout = default;
        if (text is not { Length: >= 2 and <= 9 }
            || !DecimalDigits.TryParse(text.AsSpan(0, text.Length - 1), out var value))
        {
            return false;
        }

        long? ticks = text[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TicksPerMicrosecond,
            'n' => RoundUp(value, NanosecondsPerTick),
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }

    private static long RoundUp(long value, long unit) => (value / unit) + (value % unit == 0 ? 0 : 1);
}
