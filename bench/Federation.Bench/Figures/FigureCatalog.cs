using Federation.Bench.References;

namespace Federation.Bench.Figures;

/// <summary>All figures, in the order in which they are taken.</summary>
internal static class FigureCatalog
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        .. ReferenceFigures.Create(),
        .. FieldFigures.Create(),
        .. MsmFigures.Create(),
        .. CurveFigures.Create(),
        .. HashFigures.Create(),
        .. GraphFigures.Create(),
        .. LabelFigures.Create(),
        .. SectorFigures.Create(),
        .. ProofFigures.Create(),
    ];
}
