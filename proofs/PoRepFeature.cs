namespace Federation.Proofs;

/// <summary>How a PoRep's challenges come about.</summary>
public enum PoRepFeature
{
    /// <summary>Drawn from the chain's seed.</summary>
    Interactive,

    /// <summary>Selected by the seed from challenges that CommR fixed, whose proofs are stored (FIP-0059).</summary>
    Synthetic,

    /// <summary>Drawn from CommR, without a seed, in more partitions (FIP-0090).</summary>
    NonInteractive,
}
