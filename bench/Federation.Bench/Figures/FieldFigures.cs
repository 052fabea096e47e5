namespace Federation.Bench.Figures;

/// <summary>Figures of the scalar field, of Poseidon and of the trees of it.</summary>
internal static class FieldFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        new FieldProducts(),
        new FourierTransform(),
        new PoseidonHashes(2, cycles: 30e3),
        new PoseidonHashes(8, cycles: 90e3),
        new PoseidonHashes(11, cycles: 130e3),
        new SectorTrees(columns: true),
        new SectorTrees(columns: false),
        new PreCommit2Run(),
    ];
}
