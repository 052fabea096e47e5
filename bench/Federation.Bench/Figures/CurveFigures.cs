namespace Federation.Bench.Figures;

/// <summary>Figures of the curve BLS12-381.</summary>
internal static class CurveFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        new Pairings(),
        new ProofVerification(),
    ];
}
