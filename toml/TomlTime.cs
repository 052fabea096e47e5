using System.Text;

namespace Federation.Toml;

/// <summary>Reads the four date and time types (RFC 3339 and its local parts) from the token that holds one.</summary>
internal static class TomlTime
{
    /// <summary>The length of <c>1979-05-27</c>.</summary>
    internal const int DateLength = 10;

    private const int TimeLength = 8;

    /// <summary>Whether a token starts like a date or a time, which no number does.</summary>
    internal static bool LooksLikeOne(ReadOnlySpan<byte> token) =>
        (token.Length > 4 && token[4] == '-' && AllDigits(token[..4]))
        || (token.Length > 2 && token[2] == ':' && AllDigits(token[..2]));

    /// <summary>The value, or null and what is wrong with the token.</summary>
    internal static TomlValue? Read(ReadOnlySpan<byte> token, TomlPosition position, out string? problem)
    {
        problem = null;
        var rest = token;
        TomlValue? value = null;
        if (token[2] == ':')
        {
            if (TryTakeTime(ref rest, out var time) && rest.IsEmpty)
            {
                value = new TomlLocalTime(time, position);
            }
        }
        else if (TryTakeDate(ref rest, out var date))
        {
            value = rest.IsEmpty ? new TomlLocalDate(date, position) : ReadDateTime(date, rest, position);
        }

        problem = value is null ? Problem(token) : null;
        return value;
    }

    /// <summary>Names apart what the grammar admits and .NET has no value for: it is no slip of the writer's.</summary>
    private static string Problem(ReadOnlySpan<byte> token)
    {
        var text = Encoding.ASCII.GetString(token);
        var time = token[2] == ':' ? token : token[Math.Min(token.Length, DateLength + 1)..];
        return token.StartsWith("0000-"u8) ? $"\"{text}\" lies in the year 0000, which cannot be represented"
            : time.Length >= TimeLength && time[6..].StartsWith("60"u8)
                ? $"\"{text}\" names a leap second, which cannot be represented"
                : $"\"{text}\" is not a valid date or time";
    }

    private static TomlValue? ReadDateTime(DateOnly date, ReadOnlySpan<byte> rest, TomlPosition position)
    {
        if (rest[0] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return null;
        }

        rest = rest[1..];
        if (!TryTakeTime(ref rest, out var time))
        {
            return null;
        }

        var local = date.ToDateTime(time);
        if (rest.IsEmpty)
        {
            return new TomlLocalDateTime(local, position);
        }

        return TryTakeOffset(ref rest, out var offset) && rest.IsEmpty
            ? new TomlOffsetDateTime(local, offset, position)
            : null;
    }

    private static bool TryTakeDate(ref ReadOnlySpan<byte> rest, out DateOnly date)
    {
        date = default;
        if (rest.Length < DateLength || rest[7] != '-'
            || !TryNumber(rest[..4], out var year) || !TryNumber(rest[5..7], out var month)
            || !TryNumber(rest[8..10], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        rest = rest[DateLength..];
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> rest, out TimeOnly time)
    {
        time = default;
        if (rest.Length < TimeLength || rest[2] != ':' || rest[5] != ':'
            || !TryNumber(rest[..2], out var hour) || !TryNumber(rest[3..5], out var minute)
            || !TryNumber(rest[6..8], out var second)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        rest = rest[TimeLength..];
        if (!TryTakeFraction(ref rest, out var ticks))
        {
            return false;
        }

        time = new TimeOnly(new TimeSpan(hour, minute, second).Ticks + ticks);
        return true;
    }

    /// <summary>
    /// Takes <c>.123</c> if it is there, as ticks of 100 ns; further digits are cut off, as TOML asks.
    /// </summary>
    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest is not [(byte)'.', ..])
        {
            return true;
        }

        rest = rest[1..];
        var unit = TimeSpan.TicksPerSecond;
        var digits = 0;
        for (; digits < rest.Length && char.IsAsciiDigit((char)rest[digits]); digits++)
        {
            unit /= 10;
            ticks += unit * (rest[digits] - '0');
        }

        rest = rest[digits..];
        return digits > 0;
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<byte> rest, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (rest is [(byte)'Z' or (byte)'z', ..])
        {
            rest = rest[1..];
            return true;
        }

        if (rest is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _, ..]
            || !TryNumber(rest[1..3], out var hours) || !TryNumber(rest[4..6], out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (rest[0] == '-' ? -1 : 1);
        rest = rest[6..];
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var b in digits)
        {
            number = (number * 10) + (b - '0');
        }

        return AllDigits(digits);
    }

    private static bool AllDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
