using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Trees;

/// <summary>
/// What lies above the base trees: groups of sub-arity base roots hashed to sub roots, those hashed to the top root.
/// Immutable.
/// </summary>
internal sealed class TreeCrown
{
    private const int NodeBytes = SectorShape.NodeSize;

    private readonly int _subArity;
    private readonly byte[] _baseRoots;
    private readonly byte[] _subRoots;

    /// <summary>Computes the crown of concatenated base roots.</summary>
    /// <exception cref="Fields.NonCanonicalFieldElementException">A base root is not a field element.</exception>
    public TreeCrown(SectorShape shape, byte[] baseRoots)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(baseRoots.Length, shape.BaseTreeCount * NodeBytes);
        _subArity = shape.SubArity;
        _baseRoots = baseRoots;
        _subRoots = shape.SubArity == 0 ? baseRoots : HashGroups(baseRoots, shape.SubArity);
        Root = new Bytes32(shape.TopArity == 0 ? _subRoots : HashGroups(_subRoots, shape.TopArity));
    }

    public Bytes32 Root { get; }

    /// <summary>The step from a base root to its sub root; none where the shape has no sub tree.</summary>
    public PathElement[] SubPath(int baseTree)
    {
        if (_subArity == 0)
        {
            return [];
        }

        (int group, int index) = Math.DivRem(baseTree, _subArity);
        int groupBytes = _subArity * NodeBytes;
        return [TreePath.Element(_baseRoots.AsSpan(group * groupBytes, groupBytes), index)];
    }

    /// <summary>The step from a sub root to the top root; none where the shape has no top tree.</summary>
    public PathElement[] TopPath(int baseTree) => _subArity == 0 || _subRoots.Length == NodeBytes
        ? []
        : [TreePath.Element(_subRoots, baseTree / _subArity)];

    private static byte[] HashGroups(byte[] nodes, int arity)
    {
        var parents = new byte[nodes.Length / arity];
        for (int i = 0; i < parents.Length; i += NodeBytes)
        {
            PoseidonHash.HashNodes(nodes.AsSpan(i * arity, arity * NodeBytes), parents.AsSpan(i, NodeBytes));
        }

        return parents;
    }
}
