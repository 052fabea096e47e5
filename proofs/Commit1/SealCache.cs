using Federation.Proofs.Trees;

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

    /// <summary>
    /// Leaves what proofs of spacetime and unsealing need: the replica, tree-r-last, <c>p_aux</c> and <c>t_aux</c>.
    /// Removes nothing unless all of these are there.
    /// </summary>
    /// <exception cref="FileNotFoundException">One of them is missing.</exception>
    /// <exception cref="InvalidDataException">One of them has another size than it must have.</exception>
    public static void Finalize(SectorShape shape, string cacheDirectory, string sealedPath)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Require(sealedPath, shape.SectorSize);
        Require(Path.Combine(cacheDirectory, CacheFiles.PAux), 2 * SectorShape.NodeSize);
        Require(Path.Combine(cacheDirectory, CacheFiles.TAux), size: null);
        for (var index = 0; index < shape.BaseTreeCount; index++)
        {
            Require(
                Path.Combine(cacheDirectory, CacheFiles.TreeRLast(shape, index)),
                TreeLayout.TreeRLast(shape).StoredNodes * SectorShape.NodeSize);
        }

        Clear(shape, cacheDirectory);
        ClearSyntheticProofs(cacheDirectory);
    }

    private static void Require(string path, long? size)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"file {path} is missing: nothing was removed", path);
        }

        if (size is { } expected && new FileInfo(path).Length is var found && found != expected)
        {
            throw new InvalidDataException(
                $"file {path} has {found} bytes where {expected} are needed: nothing was removed");
        }
    }

    /// <summary>Removes the synthetic proofs, which are needed until Commit1 is done.</summary>
    public static void ClearSyntheticProofs(string cacheDirectory) =>
        File.Delete(Path.Combine(cacheDirectory, CacheFiles.SyntheticProofs));
}
