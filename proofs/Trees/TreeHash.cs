namespace Federation.Proofs.Trees;

/// <summary>The hash function of a Merkle tree.</summary>
public enum TreeHash
{
    /// <summary>SHA-256 of two nodes, cut to 254 bits: tree-d and CommP.</summary>
    Sha256,

    /// <summary>Poseidon of as many nodes as the arity: tree-c and tree-r-last.</summary>
    Poseidon,
}
