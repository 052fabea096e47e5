using Federation.Proofs.Pieces;

namespace Federation.Proofs.Unseal;

/// <summary>
/// Unsealing: makes the labels of a sector again, takes the last layer's from the replica, and verifies the data that
/// this leaves against the commitments of their pieces. A file has its name only when all in it was verified and is on
/// the disk.
/// </summary>
public static class UnsealPhase
{
    private const double LabelsPart = 0.97;

    /// <summary>Runs the phase. Its memory is that of PC1, and does not depend on the range.</summary>
    /// <param name="request">The sector and what is wanted.</param>
    /// <param name="options">Memory, threads and the parent cache's folder.</param>
    /// <param name="progress">Told stage and part of the whole.</param>
    /// <param name="cancellationToken">Ends the phase within a second.</param>
    /// <exception cref="ArgumentException">The request contradicts itself.</exception>
    /// <exception cref="FileNotFoundException">The replica is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// The replica has another size, or it, ticket, number and miner do not give the data of the pieces.
    /// </exception>
    /// <exception cref="IOException">A file cannot be made or written: the disk has no room, say.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static UnsealResult Run(
        UnsealRequest request,
        SealOptions options,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        UnsealRange range = UnsealRange.Of(request);
        RequireOneSector(request, range);
        Bytes32 commD = CommDOf(request);
        IReadOnlyList<PlacedPiece> pieces = [.. PiecesOf(request, commD).Where(range.Touches)];
        using var replica = FileRegions.OpenRead(request.SealedPath, request.Config.Shape.SectorSize);
        var replicaId = ReplicaId.Compute(
            request.ProverId, request.Sector, request.Ticket, commD, request.Config.PoRepId);

        using var layers = new KeyLayers(request);

        // Before the labels, which take hours: a folder that is missing or a disk without room is told at once.
        using var output = new UnsealOutput(request, range);
        layers.Build(
            replicaId,
            options,
            (stage, done) => progress?.Report(new PhaseProgress(stage, done * LabelsPart)),
            cancellationToken);
        var decoder = new SectorDecoder(pieces, request.SealedPath, replica, layers.KeyPath, output);
        decoder.Run(
            options,
            done => progress?.Report(new PhaseProgress("decode", LabelsPart + (done * (1 - LabelsPart)))),
            cancellationToken);
        output.Complete(cancellationToken);
        progress?.Report(new PhaseProgress("done", 1));
        return new UnsealResult(commD, replicaId, [.. pieces.Select(placed => placed.Piece)], range.Size);
    }

    // Where the padded data go, only whole sectors are written: a file of that size would be taken for one.
    private static void RequireOneSector(UnsealRequest request, UnsealRange range)
    {
        if (request.UnsealedPath is not null && range.Size != Fr32.UnpaddedSize(request.Config.Shape.SectorSize))
        {
            throw new ArgumentException(
                "an unsealed file holds a whole sector: leave out the range, or ask for the data alone");
        }
    }

    private static Bytes32 CommDOf(UnsealRequest request)
    {
        if (request.Pieces is not { } pieces)
        {
            return request.CommD ?? throw new ArgumentException("neither CommD nor the pieces are given");
        }

        Bytes32 commD = DataCommitment.FromPieces(pieces, request.Config.Shape.SectorSize);
        return request.CommD is not { } given || given == commD
            ? commD
            : throw new ArgumentException($"the pieces give CommD {commD}, but {given} is expected");
    }

    private static IReadOnlyList<PlacedPiece> PiecesOf(UnsealRequest request, Bytes32 commD)
    {
        long size = request.Config.Shape.SectorSize;
        return request.Pieces is { } pieces
            ? PlacedPiece.Fill(pieces, size)
            : [new PlacedPiece(0, new PieceInfo(size, commD))];
    }
}
