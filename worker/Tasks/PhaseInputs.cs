using Federation.Proofs;
using Federation.Proofs.Commitments;
using Federation.Proofs.Pieces;
using Federation.Proto.Gates;
using Federation.Proto.Records;
using Federation.Worker.Phases;
using LaneShare = Federation.Worker.Phases.LaneShare;

namespace Federation.Worker.Tasks;

/// <summary>Turns an assignment's words into the proofs' values; what is malformed fails the phase as invalid
/// input.</summary>
internal static class PhaseInputs
{
    /// <summary>The sector with its configuration.</summary>
    public static PhaseSector Sector(Assign task) => new(Config(task.Spec), task.Spec.Miner, task.Sector);

    /// <summary>The sectors that it runs in lockstep with; null where it is alone.</summary>
    public static LaneShare? Lanes(Assign task) => task.Lanes is not { } lanes ? null
        : lanes.Group.Length > 0 && lanes.Count is > 1 and <= LaneShare.Most
            ? new LaneShare(lanes.Group, (int)lanes.Count)
        : throw Invalid($"the order's group of {lanes.Count} lanes is none.");

    /// <summary>32 bytes that the phase cannot do without.</summary>
    public static Bytes32 Require(string name, string hex) => Find(name, hex)
        ?? throw Invalid($"the order has no {name}: it is needed by this phase.");

    /// <summary>32 bytes; null where the order leaves them out.</summary>
    public static Bytes32? Find(string name, string hex) => hex.Length == 0 ? null
        : Bytes32.TryParseHex(hex, out var value) ? value
        : throw Invalid($"the order's {name} '{hex}' is not 64 hexadecimal digits.");

    /// <summary>The sector's pieces, in order.</summary>
    public static IReadOnlyList<PieceInfo> Pieces(IEnumerable<Piece> pieces)
    {
        try
        {
            return [.. pieces.Select(piece => new PieceInfo(checked((long)piece.Size), CommP(piece.Cid)))];
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw Invalid($"a piece of the sector is wrong: {error.Message}", error);
        }
    }

    /// <summary>Pieces as records have them.</summary>
    public static IEnumerable<Piece> Pieces(IReadOnlyList<PieceInfo> pieces) => pieces.Select(piece => new Piece
    {
        Size = (ulong)piece.PaddedSize,
        Cid = Commitment.Unsealed(piece.CommP).ToString(),
    });

    private static Bytes32 CommP(string cid) =>
        Commitment.TryParse(cid, out var commitment) && commitment.Kind == CommitmentKind.Unsealed
            ? commitment.Value
            : throw Invalid($"the piece's CID '{cid}' is not a piece commitment.");

    private static SealConfig Config(SealSpec? spec)
    {
        try
        {
            return spec is null ? throw new ArgumentException("the order does not say how the sector is sealed")
                : spec.HasSealProof ? SealConfig.FromRegistered(spec.SealProof)
                : SealConfig.Create(checked((long)spec.SectorSize), Bytes32.FromHex(spec.PorepId), Version(spec),
                    Feature(spec));
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            throw Invalid($"this worker cannot seal as the order says: {error.Message}", error);
        }
    }

    private static ApiVersion Version(SealSpec spec) => spec.ApiVersion switch
    {
        "1.0" => ApiVersion.V1_0,
        "1.1" => ApiVersion.V1_1,
        "1.2" => ApiVersion.V1_2,
        _ => throw new ArgumentException($"API version '{spec.ApiVersion}' is none of 1.0, 1.1 and 1.2"),
    };

    private static PoRepFeature Feature(SealSpec spec) => spec.Feature switch
    {
        "" => PoRepFeature.Interactive,
        "synthetic" => PoRepFeature.Synthetic,
        "ni" => PoRepFeature.NonInteractive,
        _ => throw new ArgumentException($"feature '{spec.Feature}' is neither synthetic nor ni"),
    };

    private static PhaseFailedException Invalid(string message, Exception? inner = null) =>
        new(FailureKind.InvalidInput, message, inner);
}
