using System.Text;

namespace Federation.Hosting.Cli;

/// <summary>The text of table cells.</summary>
internal static class CellText
{
    private const int Gap = 2;

    /// <summary>The number of characters, as Go counts them.</summary>
    internal static int Width(string cell) => cell.EnumerateRunes().Count();

    /// <summary>A cell with what parts it from the next.</summary>
    internal static string Pad(string cell, int width) =>
        cell + new string(' ', Math.Max(0, width - Width(cell)) + Gap);

    /// <summary>
    /// What a remote side or a file wrote, without the characters that would break lines or steer a terminal.
    /// </summary>
    internal static string OneLine(string cell) => cell.EnumerateRunes().Any(Rune.IsControl)
        ? string.Concat(cell.EnumerateRunes().Select(r => Rune.IsControl(r) ? " " : r.ToString())) : cell;
}
