using System.Globalization;

namespace Federation.Launcher.Parameters;

/// <summary>How far a generator is.</summary>
/// <param name="Part">From 0 to 1.</param>
/// <param name="Remaining">About how long it will go on; null where nobody can tell yet.</param>
internal sealed record GenerationProgress(double Part, TimeSpan? Remaining)
{
    /// <summary>Below this the remaining time would be a guess.</summary>
    private const double TellingPart = 0.05;

    private const string Prefix = "worker params generate: ", Unit = " %";

    /// <summary>
    /// Reads what a generator said last, e.g. <c>worker params generate: 45 %</c>; anything else is no progress.
    /// </summary>
    /// <param name="line">Its last line; null when it has said nothing.</param>
    /// <param name="elapsed">How long it has run.</param>
    public static GenerationProgress Read(string? line, TimeSpan elapsed)
    {
        var part = TryRead(line, out var percent) ? Math.Min(percent, 100) / 100.0 : 0;
        return new GenerationProgress(part, part < TellingPart ? null : elapsed * ((1 - part) / part));
    }

    /// <summary>Whether a line only tells how far a generator is.</summary>
    public static bool IsProgress(string line) => TryRead(line, out _);

    /// <summary>As it is shown: <c> 45 %, about 21 s left</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{100 * Part,3:0} %{(Remaining is { } left ? $", about {Math.Ceiling(left.TotalSeconds):0} s left" : "")}");

    private static bool TryRead(string? line, out int percent)
    {
        var rest = line.AsSpan();
        percent = 0;
        if (!rest.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[Prefix.Length..];
        return rest.EndsWith(Unit, StringComparison.Ordinal)
            && int.TryParse(rest[..^Unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out percent);
    }
}
