using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Federation.Storage;

/// <summary>A sector of a miner; its name is also the name of its files: <c>s-t01000-7</c>.</summary>
/// <param name="Miner">The miner's actor id.</param>
/// <param name="Number">The sector's number.</param>
public readonly record struct SectorId(ulong Miner, ulong Number)
{
    private const string Prefix = "s-t0";

    /// <summary>The name in Lotus's form.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Miner}-{Number}");

    /// <summary>
    /// Parses exactly what <see cref="Name"/> writes: no sign, space, leading zero or other network prefix.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SectorId sector)
    {
        sector = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text[Prefix.Length..];
        var dash = rest.IndexOf('-');
        if (dash < 0 || !TryParseNumber(rest[..dash], out var miner)
            || !TryParseNumber(rest[(dash + 1)..], out var number))
        {
            return false;
        }

        sector = new SectorId(miner, number);
        return true;
    }

    /// <summary>Parses a sector's name.</summary>
    /// <exception cref="FormatException">The text is not a sector's name.</exception>
    public static SectorId Parse([NotNull] string? text) => TryParse(text, out var sector) && text is not null
        ? sector
        : throw new FormatException($"'{text}' is not a sector's name such as s-t01000-7.");

    /// <summary>The sector's name.</summary>
    public override string ToString() => Name;

    /// <summary>Parses a canonical decimal number: digits only, and 0 only by itself.</summary>
    internal static bool TryParseNumber(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        return text.Length > 0 && (text[0] != '0' || text.Length == 1)
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
