using Federation.Proofs.Pieces;
using Federation.Proofs.Sha256;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Unseal;

/// <summary>
/// Decodes whole pieces on all threads, in parts that stay in the cache while they are decoded, hashed and unpadded,
/// and hands them on in the order of the sector. Use once.
/// </summary>
internal sealed class SectorDecoder
{
    private const int LargestPart = 256 << 10;
    private const int NodeBytes = SectorShape.NodeSize;

    private readonly IReadOnlyList<PlacedPiece> _pieces;
    private readonly string _replicaPath;
    private readonly SafeFileHandle _replica;
    private readonly string _keyPath;
    private readonly UnsealOutput _output;

    // The number of parts before each piece, and of all at the end.
    private readonly long[] _partsBefore;
    private readonly Bytes32[] _roots;
    private PieceStack _stack = new();

    /// <summary>Prepares the work.</summary>
    /// <param name="pieces">Pieces that lie one behind the other.</param>
    /// <param name="replicaPath">Name of the replica.</param>
    /// <param name="replica">The replica, open.</param>
    /// <param name="keyPath">File of the last layer.</param>
    /// <param name="output">Takes the data.</param>
    public SectorDecoder(
        IReadOnlyList<PlacedPiece> pieces,
        string replicaPath,
        SafeFileHandle replica,
        string keyPath,
        UnsealOutput output)
    {
        _pieces = pieces;
        _replicaPath = replicaPath;
        _replica = replica;
        _keyPath = keyPath;
        _output = output;
        _partsBefore = new long[pieces.Count + 1];
        for (int i = 0; i < pieces.Count; i++)
        {
            _partsBefore[i + 1] = _partsBefore[i] + (pieces[i].Piece.PaddedSize / PartSize(pieces[i]));
        }

        _roots = new Bytes32[_partsBefore[^1]];
    }

    /// <summary>Decodes, verifies and writes everything.</summary>
    /// <exception cref="InvalidDataException">A node cannot be decoded, or a piece has another commitment.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(SealOptions options, Action<double> progress, CancellationToken cancellationToken)
    {
        using var key = FileRegions.OpenRead(_keyPath, RandomAccess.GetLength(_replica));
        ChunkedWork.Run(
            _roots.Length,
            2 * LargestPart,
            options,
            (part, buffer) => Decode(key, part, buffer),
            (part, buffer) =>
            {
                Store(part, buffer);
                progress((part + 1.0) / _roots.Length);
            },
            cancellationToken);
    }

    private static int PartSize(PlacedPiece piece) => (int)Math.Min(piece.Piece.PaddedSize, LargestPart);

    // The data take the replica's place, and rows and then the unpadded data that of the keys.
    private void Decode(SafeFileHandle key, long part, byte[] buffer)
    {
        (int piece, long start) = Locate(part);
        Span<byte> data = buffer.AsSpan(0, PartSize(_pieces[piece]));
        Span<byte> other = buffer.AsSpan(LargestPart, data.Length);
        FileRegions.ReadExactly(_replica, _replicaPath, data, start);
        FileRegions.ReadExactly(key, _keyPath, other, start);
        int refused = ReplicaDecoding.Decode(data, other);
        if (refused >= 0)
        {
            throw new InvalidDataException(
                $"node {(start / NodeBytes) + refused} of {_replicaPath} gives no data: "
                + "the replica is damaged, or ticket, CommD, number or miner are another sector's");
        }

        _roots[part] = TreeHasher.Root(data, other);
        Fr32.Unpad(data, other[..(int)Fr32.UnpaddedSize(data.Length)]);
    }

    private void Store(long part, byte[] buffer)
    {
        (int piece, long start) = Locate(part);
        int size = PartSize(_pieces[piece]);
        int unpaddedSize = (int)Fr32.UnpaddedSize(size);
        _output.Write(
            start,
            buffer.AsSpan(0, size),
            Fr32.UnpaddedSize(start),
            buffer.AsSpan(LargestPart, unpaddedSize));
        _stack.Push(size, _roots[part]);
        if (part + 1 == _partsBefore[piece + 1])
        {
            Verify(_pieces[piece]);
            _stack = new PieceStack();
        }
    }

    private void Verify(PlacedPiece piece)
    {
        Bytes32 found = _stack.Root(piece.Piece.PaddedSize);
        if (found != piece.Piece.CommP)
        {
            throw new InvalidDataException(
                $"the data of {_replicaPath} from {piece.Start} to {piece.End} have commitment {found}, not "
                + $"{piece.Piece.CommP}: the replica is damaged, or ticket, number or miner are another sector's");
        }
    }

    private (int Piece, long Start) Locate(long part)
    {
        int found = Array.BinarySearch(_partsBefore, part);
        int piece = found >= 0 ? found : ~found - 1;
        return (piece, _pieces[piece].Start + ((part - _partsBefore[piece]) * PartSize(_pieces[piece])));
    }
}
