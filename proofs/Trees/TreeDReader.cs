namespace Federation.Proofs.Trees;

/// <summary>Inclusion proofs from a tree-d file. Safe for concurrent use.</summary>
public sealed class TreeDReader : IDisposable
{
    private readonly TreeLayout _layout;
    private readonly NodeFile _file;

    private TreeDReader(TreeLayout layout, NodeFile file)
    {
        _layout = layout;
        _file = file;
        Span<byte> root = stackalloc byte[Bytes32.Size];
        file.Read(layout.RowOffset(layout.Height), root);
        Root = new Bytes32(root);
    }

    /// <summary>CommD as the file has it.</summary>
    public Bytes32 Root { get; }

    /// <summary>Opens the file.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file has another size than the shape asks for.</exception>
    public static TreeDReader Open(SectorShape shape, string path)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var layout = TreeLayout.TreeD(shape);
        return new TreeDReader(layout, NodeFile.OpenRandom(path, layout.StoredNodes));
    }

    /// <summary>Proves that a leaf is in the tree, by the siblings that the file has. Nothing is recomputed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public MerkleProof Prove(long leaf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, _layout.Leaves);
        var value = new byte[Bytes32.Size];
        _file.Read(leaf, value);
        return new MerkleProof(Root.ToArray(), value, TreePath.Read(_layout, leaf, 0, _file.Read));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
