namespace Federation.Bench.Figures;

/// <summary>Figures of PreCommit1.</summary>
internal static class LabelFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() => [new SingleLabels(), new LaneLabels(6), new LaneLabels(7)];
}
