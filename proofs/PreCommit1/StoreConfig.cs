namespace Federation.Proofs.PreCommit1;

/// <summary>
/// How rust-fil-proofs describes a store on disk: its folder, id, size in nodes and rows that are not stored.
/// </summary>
/// <param name="Path">Folder, as recorded.</param>
/// <param name="Id">Id, from which the file name is made.</param>
/// <param name="Size">Nodes of the whole tree or layer.</param>
/// <param name="RowsToDiscard">Rows above the leaves that are not stored.</param>
internal sealed record StoreConfig(string Path, string Id, long Size, int RowsToDiscard)
{
    /// <summary>All layers, from the first.</summary>
    public static IReadOnlyList<StoreConfig> Layers(SectorShape shape, string path) =>
        [.. Enumerable.Range(1, shape.Layers).Select(layer => new StoreConfig(path, $"layer-{layer}", shape.Nodes, 0))];

    /// <summary>Tree-d.</summary>
    public static StoreConfig TreeD(SectorShape shape, string path) => new(path, "tree-d", (2 * shape.Nodes) - 1, 0);

    /// <summary>Tree-r-last; the size is that of one whole base tree, stored or not.</summary>
    public static StoreConfig TreeRLast(SectorShape shape, string path) =>
        new(path, "tree-r-last", shape.BaseTreeNodes, shape.RowsToDiscard);

    /// <summary>Tree-c; the size is that of one base tree.</summary>
    public static StoreConfig TreeC(SectorShape shape, string path) => new(path, "tree-c", shape.BaseTreeNodes, 0);
}
