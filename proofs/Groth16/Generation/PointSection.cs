using System.Collections.Concurrent;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16.Generation;

/// <summary>Fills in scalars from the given place on.</summary>
internal delegate void ScalarSource(long first, Span<Fr> scalars);

/// <summary>Writes sections of a parameter file: a count, and as many multiples of a generator.</summary>
internal sealed class PointSection<TGroup, TField>(FixedBase<TField> generator, int threads, Action<int> written)
    where TGroup : ICurveGroup<TField>
    where TField : unmanaged, ICurveField<TField>
{
    private const int PieceSize = 4096;

    private static readonly int PointSize = 2 * TField.EncodedBytes;

    private readonly ConcurrentBag<Piece> _pieces = [];

    public void Write(NewFile file, int count, ScalarSource scalars, CancellationToken cancellationToken)
    {
        int SizeOf(long piece) => (int)Math.Min(PieceSize, count - (piece * PieceSize));
        file.WriteCount(count);
        ChunkedWork.Run(
            (count + PieceSize - 1) / PieceSize,
            PieceSize * PointSize,
            new SealOptions { Threads = threads },
            (piece, buffer) => Fill(piece * PieceSize, buffer.AsSpan(0, SizeOf(piece) * PointSize), scalars),
            (piece, buffer) =>
            {
                file.Write(buffer.AsSpan(0, SizeOf(piece) * PointSize));
                written(SizeOf(piece));
            },
            cancellationToken);
    }

    private void Fill(long first, Span<byte> bytes, ScalarSource source)
    {
        var piece = _pieces.TryTake(out var used) ? used : new Piece();
        var count = bytes.Length / PointSize;
        var scalars = piece.Scalars.AsSpan(0, count);
        source(first, scalars);
        generator.Multiply(scalars, piece.X.AsSpan(0, count), piece.Y.AsSpan(0, count));
        scalars.Clear();
        for (var i = 0; i < count; i++)
        {
            PointCodec<TGroup, TField>.WriteUncompressed(
                piece.X[i], piece.Y[i], bytes.Slice(i * PointSize, PointSize));
        }

        _pieces.Add(piece);
    }

    private sealed class Piece
    {
        public Fr[] Scalars { get; } = new Fr[PieceSize];

        public TField[] X { get; } = new TField[PieceSize];

        public TField[] Y { get; } = new TField[PieceSize];
    }
}
