namespace Federation.Proofs.Verification;

/// <summary>Why a vanilla proof is refused.</summary>
public enum VanillaFailure
{
    /// <summary>It is not refused.</summary>
    None = 0,

    /// <summary>The bytes are not a Commit1 output of this configuration.</summary>
    Malformed,

    /// <summary>The file says another CommR, CommD, replica id, seed or ticket than was asked about.</summary>
    Statement,

    /// <summary>A value is not a canonical field element.</summary>
    NonCanonical,

    /// <summary>CommR is not the hash of the roots that the proof claims for tree-c and tree-r-last.</summary>
    CommR,

    /// <summary>A path does not have the shape's length or arities.</summary>
    PathShape,

    /// <summary>A path or column is of another node than the challenge and the graph ask for.</summary>
    NodeIndex,

    /// <summary>The data node is not in tree-d under CommD.</summary>
    DataInclusion,

    /// <summary>The replica node is not in tree-r-last.</summary>
    ReplicaInclusion,

    /// <summary>A column's hash is not the leaf that its path begins with.</summary>
    ColumnHash,

    /// <summary>A column's hash is not in tree-c.</summary>
    ColumnInclusion,

    /// <summary>
    /// A label's parents are not those that the parents' columns hold, or its layer or node is another.
    /// </summary>
    LabelParents,

    /// <summary>A label is not the hash of its parents.</summary>
    Label,

    /// <summary>The replica node is not the sum of data node and last label.</summary>
    Encoding,
}
