using System.Globalization;

namespace Federation.Launcher.Parameters;

/// <summary>How far a generator is.</summary>
/// <param name="Part">From 0 to 1.</param>
/// <param name="Remaining">About how long it will go on; null where nobody can tell yet.</param>
internal sealed record GenerationProgress(double Part, TimeSpan? Remaining)
{
    /// <summary>Below this the remaining time would be a guess.</summary>
    private const double TellingPart = 0.05;

    /// <summary>Reads what a generator said last, e.g. <c>45 %</c>; anything else is no progress.</summary>
    /// <param name="line">Its last line; null when it has said nothing.</param>
    /// <param name="elapsed">How long it has run.</param>
    public static GenerationProgress Read(string? line, TimeSpan elapsed)
    {
        var part = line is not null && line.EndsWith(" %", StringComparison.Ordinal)
            && int.TryParse(line[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            ? Math.Min(percent, 100) / 100.0
            : 0;
        return new GenerationProgress(part, part < TellingPart ? null : elapsed * ((1 - part) / part));
    }

    /// <summary>As it is shown: <c> 45 %, about 21 s left</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{100 * Part,3:0} %{(Remaining is { } left ? $", about {Math.Ceiling(left.TotalSeconds):0} s left" : "")}");
}
