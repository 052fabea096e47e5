using Federation.Proofs.Trees;

namespace Federation.Proofs.Post;

/// <summary>One sector's opened leaves. Whether it holds is <see cref="PostProofVerifier"/>'s question.</summary>
public sealed record PostVanillaProof
{
    /// <summary>The sector.</summary>
    public required PostSector Sector { get; init; }

    /// <summary>Root of tree-c; with <see cref="CommRLast"/> it hashes to CommR.</summary>
    public required Bytes32 CommC { get; init; }

    /// <summary>Root of tree-r-last.</summary>
    public required Bytes32 CommRLast { get; init; }

    /// <summary>Inclusion in tree-r-last of each challenged leaf, in order.</summary>
    public required IReadOnlyList<MerkleProof> Inclusions { get; init; }
}
