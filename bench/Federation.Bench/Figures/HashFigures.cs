namespace Federation.Bench.Figures;

/// <summary>Figures of SHA-256 in lanes, pieces, tree-d, unsealing and Commit1.</summary>
internal static class HashFigures
{
    /// <summary>New ones, not yet prepared.</summary>
    public static IReadOnlyList<IFigure> Create() =>
    [
        new MessageDigests(),
        new PieceCommitments(),
        new DataTree(),
        new UnsealRun(),
        new Commit1Run(),
    ];
}
