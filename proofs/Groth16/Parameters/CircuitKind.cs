namespace Federation.Proofs.Groth16.Parameters;

/// <summary>The circuits that Filecoin has parameters for.</summary>
public enum CircuitKind
{
    /// <summary>
    /// Proof of replication of one partition; the same for interactive, synthetic and non-interactive.
    /// </summary>
    PoRep,

    /// <summary>Window PoSt of one partition.</summary>
    WindowPost,

    /// <summary>Winning PoSt.</summary>
    WinningPost,

    /// <summary>Sector update (SnapDeals).</summary>
    Update,

    /// <summary>
    /// Sector update with Poseidon throughout; published for production sizes, not used by the chain.
    /// </summary>
    UpdatePoseidon,
}
