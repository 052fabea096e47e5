namespace Federation.Bench.Figures;

/// <summary>Figures of the graph.</summary>
internal static class GraphFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() => [new ParentRows(), new ParentCache()];
}
