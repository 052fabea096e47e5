using Federation.Proofs.Pieces;

namespace Federation.Proofs.AddPiece;

/// <summary>AddPiece: fr32-pads a piece into its place in the unsealed file and computes its CommP, in one
/// pass.</summary>
public static class AddPiecePhase
{
    private const string Stage = "add piece";

    /// <summary>Writes one piece and returns its size and commitment. Memory does not depend on the piece.</summary>
    /// <param name="request">The piece and where it goes.</param>
    /// <param name="progress">Told the fraction that is done.</param>
    /// <param name="cancellationToken">Ends the phase within a second; the file is then incomplete.</param>
    /// <exception cref="PieceSizeException">The size is no piece size, does not fit, or the data have
    /// another.</exception>
    /// <exception cref="InvalidDataException">The file that should hold the existing pieces is too short.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PieceInfo Run(
        AddPieceRequest request, IProgress<PhaseProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        long offset = PlaceOf(request);
        RequireSeekableLength(request);

        bool created = request.ExistingPieces.Count == 0;
        using var file = new FileStream(
            request.UnsealedPath,
            created ? FileMode.Create : FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.Read | FileShare.Delete,
            bufferSize: 0);
        Prepare(file, request, created);
        if (request.Data is null && created)
        {
            progress?.Report(new PhaseProgress(Stage, 1));
            long paddedSize = Fr32.PaddedSize(request.UnpaddedSize);
            return new PieceInfo(paddedSize, ZeroPieces.Commitment(paddedSize));
        }

        file.Position = offset;
        return Write(request, file, progress, cancellationToken);
    }

    private static long PlaceOf(AddPieceRequest request)
    {
        if (!PieceInfo.IsUnpaddedSize(request.UnpaddedSize))
        {
            throw new PieceSizeException(
                $"a piece has 127 bytes times a power of two, not {request.UnpaddedSize}: extend it with zeros");
        }

        long size = Fr32.PaddedSize(request.UnpaddedSize);
        long offset = request.ExistingPieces.Sum(piece => piece.PaddedSize);
        if (offset % size != 0)
        {
            throw new PieceSizeException(
                $"a piece of {size} padded bytes cannot begin at {offset}: "
                + "add pieces of zeros up to a multiple of its size");
        }

        if (offset + size > request.Shape.SectorSize)
        {
            throw new PieceSizeException(
                $"a piece of {size} padded bytes does not fit into a sector of {request.Shape.SectorSize} "
                + $"that holds {offset}: use another sector");
        }

        return offset;
    }

    // A wrong length that can be known beforehand is refused before the file is touched.
    private static void RequireSeekableLength(AddPieceRequest request)
    {
        if (request.Data is { CanSeek: true } data && data.Length - data.Position != request.UnpaddedSize)
        {
            throw WrongLength(request.UnpaddedSize, $"has {data.Length - data.Position}");
        }
    }

    private static void Prepare(FileStream file, AddPieceRequest request, bool created)
    {
        if (created)
        {
            file.SetLength(request.Shape.SectorSize);
        }
        else if (file.Length < request.Shape.SectorSize)
        {
            throw new InvalidDataException(
                $"file {request.UnsealedPath} has {file.Length} bytes "
                + $"where at least {request.Shape.SectorSize} are needed");
        }
    }

    private static PieceInfo Write(
        AddPieceRequest request,
        FileStream file,
        IProgress<PhaseProgress>? progress,
        CancellationToken cancellationToken)
    {
        var hasher = new PieceHasher(file);
        var data = new byte[PieceHasher.UnpaddedChunkBytes];
        while (hasher.Length < request.UnpaddedSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> chunk = data.AsSpan(0, (int)Math.Min(data.Length, request.UnpaddedSize - hasher.Length));
            int count = Read(request.Data, chunk);
            if (count < chunk.Length)
            {
                throw WrongLength(request.UnpaddedSize, $"ends after {hasher.Length + count}");
            }

            hasher.Append(chunk);
            progress?.Report(new PhaseProgress(Stage, (double)hasher.Length / request.UnpaddedSize));
        }

        if (request.Data is not null && Read(request.Data, data.AsSpan(0, 1)) != 0)
        {
            throw WrongLength(request.UnpaddedSize, "goes on behind them");
        }

        return hasher.Finish();
    }

    private static int Read(Stream? source, Span<byte> chunk)
    {
        if (source is null)
        {
            chunk.Clear();
            return chunk.Length;
        }

        return source.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
    }

    private static PieceSizeException WrongLength(long expected, string actual) =>
        new($"piece data of {expected} bytes was announced, but it {actual}: give the piece's own data and size");
}
