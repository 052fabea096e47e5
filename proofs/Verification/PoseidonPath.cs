using Federation.Proofs.Trees;

namespace Federation.Proofs.Verification;

/// <summary>Checks inclusion in tree-c or tree-r-last.</summary>
internal static class PoseidonPath
{
    /// <summary>
    /// Accepts a path that has the shape's form, begins at the node and leads to the root that the proof claims.
    /// </summary>
    public static VerificationResult Check(
        SectorShape shape, MerkleProof proof, uint node, VanillaFailure failure, string tree)
    {
        if (!HasShape(proof.BasePath, shape.BaseTreeHeight, shape.BaseArity)
            || !HasShape(proof.SubPath, shape.SubArity == 0 ? 0 : 1, shape.SubArity)
            || !HasShape(proof.TopPath, shape.TopArity == 0 ? 0 : 1, shape.TopArity))
        {
            return new(VanillaFailure.PathShape, $"the path of node {node} in {tree} has another shape");
        }

        if (proof.LeafIndex != node)
        {
            return new(VanillaFailure.NodeIndex, $"the path in {tree} is of node {proof.LeafIndex}, not {node}");
        }

        return proof.Verify(TreeHash.Poseidon)
            ? VerificationResult.Accepted
            : new(failure, $"node {node} is not in {tree}");
    }

    /// <summary>True for a path of so many steps, all of one arity.</summary>
    public static bool HasShape(IReadOnlyList<PathElement> path, int height, int arity) =>
        path.Count == height && path.All(element => element.Arity == arity);
}
