namespace Federation.Launcher.Layout;

/// <summary>What the federation's devnet takes as the proof of a seal.</summary>
internal enum ProofKind
{
    /// <summary>Commit1's output, which the devnet verifies in full: a quick look at everything but C2.</summary>
    Vanilla = 0,

    /// <summary>The proof of 192 bytes that Filecoin takes.</summary>
    Groth16 = 1,
}
