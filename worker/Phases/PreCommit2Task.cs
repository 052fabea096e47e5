using Federation.Proofs;

namespace Federation.Worker.Phases;

/// <summary>PC2: tree-c, tree-r-last, the replica and CommR.</summary>
public sealed record PreCommit2Task
{
    private readonly string? _layersPath;

    /// <summary>The sector.</summary>
    public required PhaseSector Sector { get; init; }

    /// <summary>Ticket: lets the layers be checked, and is needed for synthetic proofs; null: the layers are taken as
    /// they are.</summary>
    public Bytes32? Ticket { get; init; }

    /// <summary>CommD that tree-d must have; null: whatever it has.</summary>
    public Bytes32? CommD { get; init; }

    /// <summary>Folder that is written to.</summary>
    public required string CachePath { get; init; }

    /// <summary>Folder with PC1's layers and tree-d; the same as <see cref="CachePath"/> unless set.</summary>
    public string LayersPath
    {
        get => _layersPath ?? CachePath;
        init => _layersPath = value;
    }

    /// <summary>The folder as <c>t_aux</c> records it: the final one; null: <see cref="CachePath"/>.</summary>
    public string? RecordedCachePath { get; init; }

    /// <summary>The replica that is written.</summary>
    public required string SealedPath { get; init; }

    /// <summary>
    /// Clear the cache afterwards as Lotus does; for Synthetic after its proofs are written. Needs layers and trees in
    /// one folder.
    /// </summary>
    public bool Clear { get; init; }
}
