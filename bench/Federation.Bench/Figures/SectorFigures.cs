namespace Federation.Bench.Figures;

/// <summary>Figures of whole sectors.</summary>
internal static class SectorFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() => [];
}
