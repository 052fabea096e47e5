namespace Federation.Proofs.Commit1;

/// <summary>Removal of what a sealed sector needs no longer.</summary>
public static class SealCache
{
    /// <summary>
    /// Removes layers, tree-d and tree-c, as Lotus's <c>clear_cache</c>; keeps <c>p_aux</c>, <c>t_aux</c>, tree-r-last
    /// and synthetic proofs. What is gone already is no error.
    /// </summary>
    public static void Clear(SectorShape shape, string cacheDirectory)
    {
        ArgumentNullException.ThrowIfNull(shape);
        foreach (var name in CacheFiles.Temporary(shape))
        {
            File.Delete(Path.Combine(cacheDirectory, name));
        }
    }

    /// <summary>Removes the synthetic proofs, which are needed until Commit1 is done.</summary>
    public static void ClearSyntheticProofs(string cacheDirectory) =>
        File.Delete(Path.Combine(cacheDirectory, CacheFiles.SyntheticProofs));
}
