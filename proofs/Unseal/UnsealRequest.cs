using Federation.Proofs.Pieces;

namespace Federation.Proofs.Unseal;

/// <summary>A sealed sector, and what of its data is wanted where.</summary>
public sealed record UnsealRequest
{
    /// <summary>The sector's configuration.</summary>
    public required SealConfig Config { get; init; }

    /// <summary>The miner's prover id.</summary>
    public required Bytes32 ProverId { get; init; }

    /// <summary>Sector number.</summary>
    public required ulong Sector { get; init; }

    /// <summary>Randomness that PC1 was bound to.</summary>
    public required Bytes32 Ticket { get; init; }

    /// <summary>Commitment to the sector's data; null: that of the pieces.</summary>
    public Bytes32? CommD { get; init; }

    /// <summary>
    /// The sector's pieces in order; null: unknown. Those that the range touches are verified, and no others are
    /// decoded; without them the whole sector is decoded and verified against <see cref="CommD"/>.
    /// </summary>
    public IReadOnlyList<PieceInfo>? Pieces { get; init; }

    /// <summary>The replica.</summary>
    public required string SealedPath { get; init; }

    /// <summary>
    /// Folder for the layers; created when it is missing. Layers of this replica that are complete there are used, and
    /// never removed.
    /// </summary>
    public required string LayerDirectory { get; init; }

    /// <summary>
    /// True: layers stay as they are made, so that the work can be taken up again, and take the room of all layers.
    /// False: a layer is removed as soon as it is not needed any more, and at the end, whatever it is, none stays.
    /// </summary>
    public bool KeepLayers { get; init; }

    /// <summary>First unpadded byte that is wanted.</summary>
    public long Offset { get; init; }

    /// <summary>Number of unpadded bytes; null: all from the offset on.</summary>
    public long? Size { get; init; }

    /// <summary>Where the unpadded bytes of the range go; null: nowhere.</summary>
    public string? DataPath { get; init; }

    /// <summary>
    /// Where the padded data of the whole sector go, as PC1 takes them; null: nowhere. Only without a range.
    /// </summary>
    public string? UnsealedPath { get; init; }
}
