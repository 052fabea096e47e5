using Federation.Proofs;
using Federation.Proofs.Commit1;

namespace Federation.Worker.Phases;

/// <summary>C1: the vanilla proof.</summary>
public sealed record Commit1Task
{
    /// <summary>The sector.</summary>
    public required PhaseSector Sector { get; init; }

    /// <summary>Ticket.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>Seed.</summary>
    public required Bytes32 Seed { get; init; }

    /// <summary>CommD that the cache must have; null: whatever it has.</summary>
    public Bytes32? CommD { get; init; }

    /// <summary>CommR that the cache must have; null: what <c>p_aux</c> gives.</summary>
    public Bytes32? CommR { get; init; }

    /// <summary>Folder with layers and trees, or with synthetic proofs.</summary>
    public required string CachePath { get; init; }

    /// <summary>The replica.</summary>
    public required string SealedPath { get; init; }

    /// <summary>File that the output is written to, whole or not at all.</summary>
    public required string OutputPath { get; init; }

    /// <summary>
    /// Form of the output; null: the API form where the sector has a registered proof, else the raw form.
    /// </summary>
    public Commit1Form? Form { get; init; }
}
