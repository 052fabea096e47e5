namespace Federation.Storage;

/// <summary>A phase whose attempts have folders. On disk and wire it goes by its code, never by its number.</summary>
public enum SealingPhase
{
    /// <summary>AP: pieces and the unsealed file.</summary>
    AddPiece = 1,

    /// <summary>PC1: layers and tree-d.</summary>
    PreCommit1 = 2,

    /// <summary>PC2: trees, replica, CommR.</summary>
    PreCommit2 = 3,

    /// <summary>C1: the vanilla proof.</summary>
    Commit1 = 4,

    /// <summary>C2: the SNARK.</summary>
    Commit2 = 5,

    /// <summary>FIN: the cache is cleared.</summary>
    Finalize = 6,

    /// <summary>GET: files are fetched.</summary>
    Fetch = 7,

    /// <summary>UNS: the sector is unsealed.</summary>
    Unseal = 8,

    /// <summary>RM: the sector's files are removed.</summary>
    Remove = 9,
}
