namespace Federation.Bench.Figures;

/// <summary>Figures of multi-scalar multiplication.</summary>
internal static class MsmFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        new G1Sum(16, cycles: 30e3),
        new G1Sum(20, cycles: 26e3),
        new G2Sum(16, cycles: 90e3),
    ];
}
