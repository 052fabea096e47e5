using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Federation.Hosting.Units;

/// <summary>A number of bytes, written as <c>2KiB</c> and printed as Lotus prints sizes: <c>1.161 GiB</c>.</summary>
/// <param name="Bytes">The number, at least zero.</param>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>
{
    private const int Step = 1024;
    private const int SignificantDigits = 4;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>
    /// Reads <c>2048</c>, <c>2KiB</c>, <c>1.5 GiB</c> or the short <c>32G</c>. All units are powers of 1024;
    /// <c>KB</c> and its like are refused, since half of their readers take them for powers of 1000.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ByteSize size)
    {
        size = default;
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExcept(NumberCharacters);
        var number = digits < 0 ? trimmed : trimmed[..digits];
        var name = digits < 0 ? "B" : trimmed[digits..].Trim().ToString();
        var unit = Array.FindIndex(Units, u => u == name || (u.Length > 1 && u[..1] == name));
        if (unit < 0 || !decimal.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var scale = 1L << (10 * unit);
        if (value > long.MaxValue / scale || decimal.Truncate(value * scale) != value * scale)
        {
            return false;
        }

        size = new ByteSize((long)(value * scale));
        return true;
    }

    /// <summary>Prints the size as Lotus does, to four significant digits: <c>2 KiB</c>, <c>726.4 MiB</c>.</summary>
    public override string ToString()
    {
        var unit = 0;
        double value = Bytes;
        for (; value >= Step && unit + 1 < Units.Length; unit++)
        {
            value /= Step;
        }

        var whole = value >= 1000 ? 4 : value >= 100 ? 3 : value >= 10 ? 2 : 1;
        var rounded = decimal.Round((decimal)value, SignificantDigits - whole, MidpointRounding.ToEven);
        return string.Create(CultureInfo.InvariantCulture, $"{rounded:0.###} {Units[unit]}");
    }

    /// <summary>
    /// Prints the exact size with the largest unit that divides it, as configuration files hold it: <c>2KiB</c>.
    /// </summary>
    public string ToExactString()
    {
        var unit = 0;
        var value = Bytes;
        for (; value != 0 && value % Step == 0 && unit + 1 < Units.Length; unit++)
        {
            value /= Step;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value}{Units[unit]}");
    }

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Whether the left size is smaller.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left size is larger.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left size is not larger.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left size is not smaller.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;
}
