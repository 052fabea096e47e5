namespace Federation.Proofs.Trees;

/// <summary>
/// Inclusion proofs from the base tree files of tree-c or tree-r-last. Sub and top trees lie in no file: they are
/// computed from the base roots when the tree is opened. Safe for concurrent use.
/// </summary>
public sealed class PoseidonTreeReader : IDisposable
{
    private const int NodeBytes = SectorShape.NodeSize;

    private readonly TreeLayout _layout;
    private readonly NodeFile[] _files;
    private readonly DiscardedRows? _discarded;
    private readonly TreeCrown _crown;

    private PoseidonTreeReader(SectorShape shape, TreeLayout layout, NodeFile[] files, DiscardedRows? discarded)
    {
        _layout = layout;
        _files = files;
        _discarded = discarded;
        var roots = new byte[files.Length * NodeBytes];
        for (int i = 0; i < files.Length; i++)
        {
            files[i].Read(layout.StoredNodes - 1, roots.AsSpan(i * NodeBytes, NodeBytes));
        }

        _crown = new TreeCrown(shape, roots);
    }

    /// <summary>CommC or CommRLast, computed from the roots in the files.</summary>
    public Bytes32 Root => _crown.Root;

    /// <summary>Opens tree-c.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file has another size than the shape asks for.</exception>
    /// <exception cref="Fields.NonCanonicalFieldElementException">A base root is not a field element.</exception>
    public static PoseidonTreeReader OpenTreeC(SectorShape shape, string cacheDirectory)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Open(shape, TreeLayout.TreeC(shape), cacheDirectory, CacheFiles.TreeC, sealedPath: null);
    }

    /// <summary>Opens tree-r-last; the rows that it lacks are recomputed from the sealed file as they are
    /// needed.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file has another size than the shape asks for.</exception>
    /// <exception cref="Fields.NonCanonicalFieldElementException">A base root is not a field element.</exception>
    public static PoseidonTreeReader OpenTreeRLast(SectorShape shape, string cacheDirectory, string sealedPath)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Open(shape, TreeLayout.TreeRLast(shape), cacheDirectory, CacheFiles.TreeRLast, sealedPath);
    }

    /// <summary>Proves that a leaf is in the tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    /// <exception cref="InvalidDataException">The sealed file does not belong to the tree.</exception>
    public MerkleProof Prove(long leaf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, _layout.Leaves * _files.Length);
        (long tree, long leafInTree) = Math.DivRem(leaf, _layout.Leaves);
        NodeFile file = _files[tree];
        var value = new byte[NodeBytes];
        PathElement[] lower = [];
        if (_discarded is null)
        {
            file.Read(leafInTree, value);
        }
        else
        {
            lower = _discarded.Read(leaf, value);
        }

        PathElement[] upper = TreePath.Read(_layout, leafInTree, _layout.SkippedRows, file.Read);
        return new MerkleProof(
            Root.ToArray(), value, [.. lower, .. upper], _crown.SubPath((int)tree), _crown.TopPath((int)tree));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _discarded?.Dispose();
        foreach (NodeFile file in _files)
        {
            file.Dispose();
        }
    }

    private static PoseidonTreeReader Open(
        SectorShape shape,
        TreeLayout layout,
        string directory,
        Func<SectorShape, int, string> nameOf,
        string? sealedPath)
    {
        var files = new List<NodeFile>(shape.BaseTreeCount);
        DiscardedRows? discarded = null;
        try
        {
            for (int i = 0; i < shape.BaseTreeCount; i++)
            {
                files.Add(NodeFile.OpenRandom(Path.Combine(directory, nameOf(shape, i)), layout.StoredNodes));
            }

            discarded = sealedPath is null ? null : DiscardedRows.Open(shape, sealedPath);
            return new PoseidonTreeReader(shape, layout, [.. files], discarded);
        }
        catch (Exception failure)
            when (failure is IOException or InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            discarded?.Dispose();
            files.ForEach(file => file.Dispose());
            throw;
        }
    }
}
