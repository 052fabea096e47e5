using Federation.Proofs.Sha256;

namespace Federation.Proofs.Pieces;

/// <summary>
/// Computes CommP of data that arrives bit by bit, in memory that does not depend on the data: one chunk and one node
/// for each power of two of chunks. Not thread-safe; use once.
/// </summary>
/// <param name="paddedCopy">Receives the padded bytes of whole pieces as they are hashed; null: nobody.</param>
public sealed class PieceHasher(Stream? paddedCopy = null)
{
    /// <summary>Unpadded bytes that are hashed at a time.</summary>
    public const int UnpaddedChunkBytes = ChunkGroups * Fr32.UnpaddedGroupBytes;

    /// <summary>Padded bytes that are hashed at a time.</summary>
    public const int PaddedChunkBytes = ChunkGroups * Fr32.PaddedGroupBytes;

    // A subtree that stays in the cache while its rows are hashed.
    private const int ChunkGroups = 2048;

    private readonly byte[] _pending = new byte[UnpaddedChunkBytes];
    private readonly byte[] _padded = new byte[PaddedChunkBytes];
    private readonly PieceStack _stack = new();
    private int _pendingLength;

    /// <summary>Unpadded bytes taken so far.</summary>
    public long Length { get; private set; }

    /// <summary>CommP of a whole stream, extended with zeros to the least piece size that holds it.</summary>
    /// <exception cref="InvalidOperationException">The stream is empty.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PieceInfo Compute(Stream data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var hasher = new PieceHasher();
        var buffer = new byte[UnpaddedChunkBytes];
        int count;
        while ((count = data.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hasher.Append(buffer.AsSpan(0, count));
        }

        return hasher.Finish();
    }

    /// <summary>Takes more unpadded bytes.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        Length += data.Length;
        while (!data.IsEmpty)
        {
            if (_pendingLength == 0 && data.Length >= UnpaddedChunkBytes)
            {
                AppendChunk(data[..UnpaddedChunkBytes]);
                data = data[UnpaddedChunkBytes..];
                continue;
            }

            int count = Math.Min(data.Length, _pending.Length - _pendingLength);
            data[..count].CopyTo(_pending.AsSpan(_pendingLength));
            data = data[count..];
            _pendingLength += count;
            if (_pendingLength == _pending.Length)
            {
                AppendChunk(_pending);
                _pendingLength = 0;
            }
        }
    }

    /// <summary>Ends the piece: it is extended with zeros to the least piece size that holds it.</summary>
    /// <exception cref="InvalidOperationException">No byte was appended.</exception>
    public PieceInfo Finish()
    {
        if (Length == 0)
        {
            throw new InvalidOperationException("A piece needs at least one byte.");
        }

        long size = Fr32.PaddedSize(PieceInfo.FittingUnpaddedSize(Length));
        if (_pendingLength > 0)
        {
            Span<byte> padded = _padded.AsSpan(0, (int)Math.Min(size, PaddedChunkBytes));
            padded.Clear();
            Fr32.Pad(_pending.AsSpan(0, _pendingLength), padded[..Fr32.EncodedLength(_pendingLength)]);
            AppendPadded(padded);
        }

        return new PieceInfo(size, _stack.Root(size));
    }

    private void AppendChunk(ReadOnlySpan<byte> chunk)
    {
        if (!chunk.ContainsAnyExcept((byte)0))
        {
            if (paddedCopy is not null)
            {
                _padded.AsSpan().Clear();
                paddedCopy.Write(_padded);
            }

            _stack.Push(PaddedChunkBytes, ZeroPieces.Commitment(PaddedChunkBytes));
            return;
        }

        Fr32.Pad(chunk, _padded);
        AppendPadded(_padded);
    }

    // The leaves of the subtree are overwritten.
    private void AppendPadded(Span<byte> nodes)
    {
        paddedCopy?.Write(nodes);
        _stack.Push(nodes.Length, TreeHasher.Root(nodes, nodes));
    }
}
