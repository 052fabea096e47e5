using Federation.Bench.Figures;

namespace Federation.Bench.Measuring;

/// <summary>Which figures a command line asks for.</summary>
/// <param name="Prefixes">Beginnings of names; none: all.</param>
/// <param name="Full">Take the long ones too.</param>
internal sealed record FigureChoice(IReadOnlyList<string> Prefixes, bool Full)
{
    /// <summary>Reads the value of <c>--filter</c>: names with commas between.</summary>
    public static FigureChoice Parse(string? filter, bool full) => new(
        filter?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [], full);

    /// <summary>
    /// True when a figure is to be taken: some prefix begins its name, or there is none; and a long one only when it is
    /// named in full or <c>--full</c> was said.
    /// </summary>
    public bool Takes(IFigure figure) =>
        Matches(figure) && (!figure.IsLong || Full || Prefixes.Contains(figure.Name, StringComparer.Ordinal));

    /// <summary>True when a long figure would be taken if it were named in full.</summary>
    public bool LeavesOut(IFigure figure) => Matches(figure) && !Takes(figure);

    /// <summary>Prefixes that no figure's name begins with.</summary>
    public IReadOnlyList<string> Unknown(IEnumerable<IFigure> figures) =>
        [.. Prefixes.Where(prefix => !figures.Any(one => one.Name.StartsWith(prefix, StringComparison.Ordinal)))];

    private bool Matches(IFigure figure) =>
        Prefixes.Count == 0 || Prefixes.Any(prefix => figure.Name.StartsWith(prefix, StringComparison.Ordinal));
}
