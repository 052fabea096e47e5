namespace Federation.Proofs.Commitments;

/// <summary>What a commitment commits to, which decides the codec and the hash of its CID.</summary>
public enum CommitmentKind
{
    /// <summary>Data as clients know it: CommP and CommD; fil-commitment-unsealed, sha2-256-trunc254-padded.</summary>
    Unsealed,

    /// <summary>A replica: CommR; fil-commitment-sealed, poseidon-bls12_381-a2-fc1.</summary>
    Sealed,
}
