namespace Federation.Bench.Figures;

/// <summary>Figures of whole sectors.</summary>
internal static class SectorFigures
{
    private const int Proof2KiB = 5, Proof8MiB = 6, Proof512MiB = 7;

    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        new WholeSeal(Proof2KiB),
        new WholeSeal(Proof8MiB),
        new WholeSeal(Proof512MiB),
        new SealMemory(),
    ];
}
