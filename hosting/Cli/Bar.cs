namespace Federation.Hosting.Cli;

/// <summary>Bars as <c>sealing workers</c> draws them.</summary>
public static class Bar
{
    /// <summary>The number of characters between the brackets.</summary>
    public const int Width = 64;

    /// <summary><c>[||||    ]</c> with as many strokes as the part of the whole that is used, rounded.</summary>
    public static string Draw(double used, double total)
    {
        var part = total > 0 ? Math.Clamp(used / total, 0, 1) : 0;
        var strokes = (int)Math.Round(part * Width, MidpointRounding.AwayFromZero);
        return $"[{new string('|', strokes)}{new string(' ', Width - strokes)}]";
    }
}
