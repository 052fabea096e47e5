using Federation.Proofs.Pieces;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Trees;

/// <summary>
/// Builds tree-d in chunks: the rows above a chunk's leaves are hashed while it is in the cache and handed on each with
/// its place, the rows above the chunks come from the chunks' roots. A chunk of zeros has rows that are known: they are
/// handed on without being hashed, and its leaves not at all, so that they stay a hole of a new file. Memory does not
/// depend on the sector's size but for one node per chunk.
/// </summary>
internal sealed class TreeDBuilder
{
    private const int NodeBytes = SectorShape.NodeSize;
    private const int LargestChunkHeight = 13;

    private readonly TreeLayout _layout;
    private readonly LeafWriter _store;
    private readonly int _chunkHeight;
    private readonly byte[] _zeroRows;
    private readonly byte[] _chunkRoots;

    /// <summary>Prepares a tree.</summary>
    /// <param name="shape">Shape of the sector.</param>
    /// <param name="store">
    /// Given nodes that are known, by their number in the file; one call at a time. Leaves of chunks of zeros are not
    /// among them.
    /// </param>
    internal TreeDBuilder(SectorShape shape, LeafWriter store)
    {
        _layout = TreeLayout.TreeD(shape);
        _store = store;
        _chunkHeight = Math.Min(_layout.Height, LargestChunkHeight);
        _chunkRoots = new byte[Chunks * NodeBytes];
        _zeroRows = ZeroRows(ChunkLeaves);
    }

    /// <summary>Leaves of a chunk.</summary>
    internal int ChunkLeaves => 1 << _chunkHeight;

    /// <summary>Number of chunks.</summary>
    internal long Chunks => _layout.RowNodes(_chunkHeight);

    /// <summary>Bytes of a buffer for one chunk: its leaves, and as many bytes again.</summary>
    internal int BufferBytes => 2 * ChunkLeaves * NodeBytes;

    /// <summary>
    /// Puts the rows above a chunk's leaves behind them. Safe to call from many threads for different chunks.
    /// </summary>
    internal void ComputeChunk(long chunk, Span<byte> buffer)
    {
        Span<byte> leaves = buffer[..(ChunkLeaves * NodeBytes)];
        Span<byte> above = buffer.Slice(leaves.Length, _zeroRows.Length);
        if (IsZero(leaves))
        {
            _zeroRows.CopyTo(above);
        }
        else
        {
            HashRows(leaves, above);
        }

        above[^NodeBytes..].CopyTo(_chunkRoots.AsSpan((int)(chunk * NodeBytes)));
    }

    /// <summary>Stores the rows that <see cref="ComputeChunk"/> left in the buffer; for one thread at a time.</summary>
    internal void StoreChunk(long chunk, ReadOnlySpan<byte> buffer)
    {
        int nodes = ChunkLeaves;
        if (!IsZero(buffer[..(nodes * NodeBytes)]))
        {
            _store(chunk * nodes, buffer[..(nodes * NodeBytes)]);
        }

        for (int height = 1; height <= _chunkHeight; height++)
        {
            buffer = buffer[(nodes * NodeBytes)..];
            nodes /= 2;
            _store(_layout.RowOffset(height) + (chunk * nodes), buffer[..(nodes * NodeBytes)]);
        }
    }

    /// <summary>Stores the rows above the chunks, once all of these are built, and returns the root.</summary>
    internal Bytes32 BuildTop()
    {
        Span<byte> row = _chunkRoots;
        for (int height = _chunkHeight + 1; height <= _layout.Height; height++)
        {
            Span<byte> parents = row[..(row.Length / 2)];
            TreeHasher.HashPairs(row, parents);
            _store(_layout.RowOffset(height), parents);
            row = parents;
        }

        return new Bytes32(row);
    }

    private static bool IsZero(ReadOnlySpan<byte> nodes) => !nodes.ContainsAnyExcept((byte)0);

    // One row behind the other, the root last.
    private static void HashRows(ReadOnlySpan<byte> row, Span<byte> above)
    {
        while (!above.IsEmpty)
        {
            Span<byte> parents = above[..(row.Length / 2)];
            TreeHasher.HashPairs(row, parents);
            row = parents;
            above = above[parents.Length..];
        }
    }

    private static byte[] ZeroRows(int leaves)
    {
        var rows = new byte[(leaves - 1) * NodeBytes];
        Span<byte> rest = rows;
        long size = NodeBytes;
        for (int nodes = leaves / 2; nodes > 0; nodes /= 2)
        {
            size *= 2;
            Bytes32 node = ZeroPieces.Commitment(size);
            for (int i = 0; i < nodes; i++)
            {
                node.CopyTo(rest[(i * NodeBytes)..]);
            }

            rest = rest[(nodes * NodeBytes)..];
        }

        return rows;
    }
}
