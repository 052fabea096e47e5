namespace Federation.Proofs;

/// <summary>Names of the files in a sector's cache folder.</summary>
public static class CacheFiles
{
    /// <summary>What PC2 keeps of the roots: CommC and CommRLast.</summary>
    public const string PAux = "p_aux";

    /// <summary>Where labels and trees lie, in bincode.</summary>
    public const string TAux = "t_aux";

    /// <summary>The binary SHA-256 tree over the data.</summary>
    public const string TreeD = "sc-02-data-tree-d.dat";

    /// <summary>The proofs of all synthetic challenges.</summary>
    public const string SyntheticProofs = "syn-porep-vanilla-proofs.dat";

    /// <summary>Bytes of a <see cref="LayerMark"/>.</summary>
    public const int LayerMarkSize = 114;

    private const string TreeCStem = "sc-02-data-tree-c", TreeRLastStem = "sc-02-data-tree-r-last";

    /// <summary>Labels of one layer, counted from 1.</summary>
    public static string Layer(int layer) => $"sc-02-data-layer-{layer}.dat";

    /// <summary>What makes one layer's file count when PC1 is taken up again: its checksum.</summary>
    public static string LayerMark(int layer) => $"sc-02-data-layer-{layer}.sum";

    /// <summary>One base tree of tree-c, counted from 0.</summary>
    public static string TreeC(SectorShape shape, int baseTree) => Numbered(TreeCStem, shape, baseTree);

    /// <summary>One base tree of tree-r-last, counted from 0.</summary>
    public static string TreeRLast(SectorShape shape, int baseTree) => Numbered(TreeRLastStem, shape, baseTree);

    /// <summary>What <c>clear_cache</c> removes: all layers with their marks, tree-d and tree-c.</summary>
    public static IEnumerable<string> Temporary(SectorShape shape) =>
    [
        TreeD,
        .. Enumerable.Range(1, shape.Layers).Select(Layer),
        .. Enumerable.Range(1, shape.Layers).Select(LayerMark),
        .. Enumerable.Range(0, shape.BaseTreeCount).Select(index => TreeC(shape, index)),
    ];

    private static string Numbered(string stem, SectorShape shape, int baseTree) =>
        shape.BaseTreeCount == 1 ? $"{stem}.dat" : $"{stem}-{baseTree}.dat";
}
