namespace Federation.Proofs.Circuits;

/// <summary>Steps of a path from leaf to root: base tree, then at most one step each in sub and top tree.</summary>
/// <param name="BaseHeight">Steps in the base tree.</param>
/// <param name="BaseArity">Arity of the base tree.</param>
/// <param name="SubArity">Arity of the sub tree, 0 where absent.</param>
/// <param name="TopArity">Arity of the top tree, 0 where absent.</param>
internal readonly record struct PathShape(int BaseHeight, int BaseArity, int SubArity, int TopArity)
{
    /// <summary>Paths of tree-d.</summary>
    internal static PathShape TreeD(SectorShape shape) => new(shape.TreeDHeight, 2, 0, 0);

    /// <summary>Paths of tree-c and of tree-r-last.</summary>
    internal static PathShape Replica(SectorShape shape) =>
        new(shape.BaseTreeHeight, shape.BaseArity, shape.SubArity, shape.TopArity);
}
