namespace Federation.Proofs.Commit1;

/// <summary>Gives the proof of a challenged node. Safe for concurrent use.</summary>
internal interface IVanillaProver : IDisposable
{
    /// <summary>Root of tree-d.</summary>
    Bytes32 CommD { get; }

    /// <summary>Root of tree-c.</summary>
    Bytes32 CommC { get; }

    /// <summary>Root of tree-r-last.</summary>
    Bytes32 CommRLast { get; }

    /// <summary>The proof of a challenge, as the files have it; nothing is checked.</summary>
    /// <param name="challenge">Node.</param>
    /// <param name="syntheticNumber">Its number in the synthetic set; meaningless for other features.</param>
    VanillaProof Prove(uint challenge, int syntheticNumber);
}
