using Federation.Proofs.Trees;

namespace Federation.Proofs.Commit1;

/// <summary>
/// All that a verifier needs to check one challenged node: what the circuit of Commit2 takes as its witness.
/// </summary>
public sealed record VanillaProof
{
    /// <summary>Inclusion of the data node in tree-d.</summary>
    public required MerkleProof CommDProof { get; init; }

    /// <summary>Inclusion of the replica node in tree-r-last.</summary>
    public required MerkleProof CommRLastProof { get; init; }

    /// <summary>The challenged node's column.</summary>
    public required ColumnProof Column { get; init; }

    /// <summary>Columns of the six base parents, in the graph's order.</summary>
    public required IReadOnlyList<ColumnProof> DrgParents { get; init; }

    /// <summary>Columns of the eight expander parents, in the graph's order.</summary>
    public required IReadOnlyList<ColumnProof> ExpParents { get; init; }

    /// <summary>One per layer.</summary>
    public required IReadOnlyList<LabelingProof> Labeling { get; init; }

    /// <summary>The key that encoded the data node: again the last layer's label.</summary>
    public required LabelingProof Encoding { get; init; }
}
