using System.Globalization;

namespace Federation.Storage.Attempts;

/// <summary>
/// Names one attempt of a phase: the job's epoch, and a count within it. Written <c>&lt;epoch&gt;-&lt;n&gt;</c>.
/// </summary>
/// <param name="Epoch">The job's epoch, its fencing token.</param>
/// <param name="Number">Counts the attempts, from 1.</param>
public readonly record struct AttemptId(ulong Epoch, ulong Number)
{
    /// <summary>Parses exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AttemptId id)
    {
        id = default;
        var dash = text.IndexOf('-');
        if (dash < 0 || !SectorId.TryParseNumber(text[..dash], out var epoch)
            || !SectorId.TryParseNumber(text[(dash + 1)..], out var number))
        {
            return false;
        }

        id = new AttemptId(epoch, number);
        return true;
    }

    /// <summary>Parses an attempt's name.</summary>
    /// <exception cref="FormatException">The text is not an attempt's name.</exception>
    public static AttemptId Parse(string? text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not an attempt's name such as 3-1.");

    /// <summary>The attempt's name.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Number}");
}
