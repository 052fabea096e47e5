using System.Text.Json.Serialization;
using Federation.Proofs;
using Federation.Proofs.Pieces;

namespace Federation.Worker.Phases;

/// <summary>PC1: tree-d and labels.</summary>
public sealed record PreCommit1Task
{
    /// <summary>The sector.</summary>
    public required PhaseSector Sector { get; init; }

    /// <summary>Ticket.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>The sector's pieces in order.</summary>
    public required IReadOnlyList<PieceInfo> Pieces { get; init; }

    /// <summary>The padded data.</summary>
    public required string UnsealedPath { get; init; }

    /// <summary>Where the data are copied to for provers of others; null: nowhere.</summary>
    public string? SealedPath { get; init; }

    /// <summary>Folder that is written to; what is complete in it is kept.</summary>
    public required string CachePath { get; init; }

    /// <summary>
    /// The folder as <c>t_aux</c> and the output record it: the final one; null: <see cref="CachePath"/>.
    /// </summary>
    public string? RecordedCachePath { get; init; }

    /// <summary>
    /// The tree-d that sectors of zeros of this size have alike; null: each its own. Programs of others would write
    /// into it: a matter of this process only.
    /// </summary>
    [JsonIgnore]
    public string? SharedTreeDPath { get; init; }

    /// <summary>The sectors that it is labelled in lockstep with; null: alone. A matter of this process only.</summary>
    [JsonIgnore]
    public LaneShare? Lanes { get; init; }
}
