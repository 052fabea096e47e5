namespace Federation.Chain;

/// <summary>What a network takes as the proof of a sector. Numbers are written to the devnet's log.</summary>
public enum ProofKind
{
    /// <summary>C1's output as it is: a devnet that needs no parameters. What older records mean.</summary>
    Vanilla = 0,

    /// <summary>C2's Groth16 proofs, 192 bytes for each partition.</summary>
    Groth16 = 1,
}
