using Federation.Proofs.Pieces;

namespace Federation.Proofs.PreCommit1;

/// <summary>What PC1 seals, and where.</summary>
public sealed record PreCommit1Request
{
    private readonly string? _recordedCachePath;

    /// <summary>The sector's configuration.</summary>
    public required SealConfig Config { get; init; }

    /// <summary>The miner's prover id.</summary>
    public required Bytes32 ProverId { get; init; }

    /// <summary>Sector number.</summary>
    public required ulong Sector { get; init; }

    /// <summary>Randomness that binds the sector to a time.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>The sector's pieces in order; what they do not fill counts as zeros.</summary>
    public required IReadOnlyList<PieceInfo> Pieces { get; init; }

    /// <summary>The padded data, at least as long as the sector.</summary>
    public required string UnsealedPath { get; init; }

    /// <summary>
    /// Where the data are copied to, as rust-fil-proofs leaves them for PC2; null: nowhere, our PC2 needs no copy.
    /// </summary>
    public string? SealedPath { get; init; }

    /// <summary>
    /// The tree-d that sectors of zeros of this size have alike: theirs become further names of this file, which the
    /// first of them leaves. It has to lie in the file system of <see cref="CacheDirectory"/>; null: each has its own.
    /// </summary>
    public string? SharedTreeDPath { get; init; }

    /// <summary>Folder that tree-d, layers and <c>t_aux</c> are written to; created when it is missing.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>
    /// The cache folder as <c>t_aux</c> and the output record it: the final one, when files are moved later.
    /// </summary>
    public string RecordedCachePath
    {
        get => _recordedCachePath ?? CacheDirectory;
        init => _recordedCachePath = value;
    }
}
