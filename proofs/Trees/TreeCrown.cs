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
    public PathElement[] SubPath(int baseTree) => _subArity == 0
        ? []
        : [Step(_baseRoots.AsSpan(baseTree / _subArity * _subArity * NodeBytes, _subArity * NodeBytes), baseTree % _subArity)];

    /// <summary>The step from a sub root to the top root; none where the shape has no top tree.</summary>
    public PathElement[] TopPath(int baseTree) => _subArity == 0 || _subRoots.Length == NodeBytes
        ? []
        : [Step(_subRoots, baseTree / _subArity)];

    private static PathElement Step(ReadOnlySpan<byte> children, int index) => TreePath.Element(children, index);

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
