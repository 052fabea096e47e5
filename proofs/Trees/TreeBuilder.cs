using Federation.Proofs.Poseidon;

namespace Federation.Proofs.Trees;

/// <summary>
/// Builds one Poseidon tree file from its leaves, in chunks: a chunk's rows are computed in memory, by many threads,
/// and written each to its place, in the order of chunks; the rows above the chunks come from the chunks' roots. Memory
/// does not depend on the tree's size but for one node per chunk.
/// </summary>
internal sealed class TreeBuilder
{
    private const int NodeBytes = SectorShape.NodeSize;
    private const int LargestChunkHeight = 4;
    private const int ParentsPerCheck = 1024;

    private readonly TreeLayout _layout;
    private readonly NodeFile _file;
    private readonly FlushAhead _flush;
    private readonly LeafReader _leaves;
    private readonly int _chunkHeight;
    private readonly byte[] _chunkRoots;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Prepares a tree in a file; <c>Build</c> does all of it.</summary>
    internal TreeBuilder(
        TreeLayout layout, NodeFile file, LeafReader leaves, CancellationToken cancellationToken)
    {
        _layout = layout;
        _file = file;
        _flush = new FlushAhead(file.Flush);
        _leaves = leaves;
        _chunkHeight = Math.Min(layout.Height, LargestChunkHeight);
        _chunkRoots = new byte[layout.RowNodes(_chunkHeight) * NodeBytes];
        _cancellationToken = cancellationToken;
    }

    /// <summary>Bytes of a buffer for one chunk: two nodes for each leaf.</summary>
    internal int BufferBytes => 2 * ChunkLeaves * NodeBytes;

    internal int ChunkLeaves => (int)(_layout.Leaves / _layout.RowNodes(_chunkHeight));

    /// <summary>Writes the tree to <paramref name="path"/> and returns its root.</summary>
    /// <param name="layout">Shape of the tree and the rows to store.</param>
    /// <param name="path">File to create or to replace.</param>
    /// <param name="leaves">Source of the leaves.</param>
    /// <param name="leavesDone">Given the leaves that are finished, in their order; never called twice at a
    /// time.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="cancellationToken">Ends the work within a second; the file is left incomplete.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Bytes32 Build(
        TreeLayout layout,
        string path,
        LeafReader leaves,
        LeafWriter leavesDone,
        SealOptions options,
        CancellationToken cancellationToken)
    {
        using var file = NodeFile.Create(path);
        var builder = new TreeBuilder(layout, file, leaves, cancellationToken);
        ChunkedWork.Run(
            layout.RowNodes(builder._chunkHeight),
            builder.BufferBytes,
            options,
            (chunk, buffer) => builder.ComputeChunk(chunk, buffer),
            (chunk, buffer) =>
            {
                builder.StoreChunk(chunk, buffer);
                leavesDone(chunk * builder.ChunkLeaves, buffer.AsSpan(0, builder.ChunkLeaves * NodeBytes));
            },
            cancellationToken);
        return builder.BuildTop();
    }

    /// <summary>Fills the buffer with the rows of one chunk, one behind the other.</summary>
    internal void ComputeChunk(long chunk, Span<byte> buffer)
    {
        Span<byte> row = buffer[..(ChunkLeaves * NodeBytes)];
        Span<byte> rest = buffer[row.Length..];
        _leaves(chunk * ChunkLeaves, row);
        for (int height = 0; height < _chunkHeight; height++)
        {
            Span<byte> parents = rest[..(row.Length / _layout.Arity)];
            HashRow(row, parents);
            row = parents;
            rest = rest[parents.Length..];
        }

        row.CopyTo(_chunkRoots.AsSpan((int)(chunk * NodeBytes)));
    }

    /// <summary>Writes the rows that <see cref="ComputeChunk"/> left in the buffer.</summary>
    internal void StoreChunk(long chunk, ReadOnlySpan<byte> buffer)
    {
        int nodes = ChunkLeaves;
        for (int height = 0; height < _chunkHeight; height++)
        {
            Store(height, chunk * nodes, buffer[..(nodes * NodeBytes)]);
            buffer = buffer[(nodes * NodeBytes)..];
            nodes /= _layout.Arity;
        }
    }

    private Bytes32 BuildTop()
    {
        Span<byte> row = _chunkRoots;
        for (int height = _chunkHeight; height < _layout.Height; height++)
        {
            Store(height, 0, row);
            Span<byte> parents = row[..(row.Length / _layout.Arity)];
            HashRow(row, parents);
            row = parents;
        }

        Store(_layout.Height, 0, row);
        _flush.Finish(_cancellationToken);
        return new Bytes32(row);
    }

    private void Store(int row, long firstNode, ReadOnlySpan<byte> nodes)
    {
        if (row >= _layout.SkippedRows)
        {
            _file.Write(_layout.RowOffset(row) + firstNode, nodes);
            _flush.Add(nodes.Length);
        }
    }

    // Parents may begin where the nodes begin: a parent never lies behind the children that it is made of.
    private void HashRow(ReadOnlySpan<byte> nodes, Span<byte> parents)
    {
        int step = _layout.Arity;
        while (!parents.IsEmpty)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int batch = Math.Min(parents.Length, ParentsPerCheck * NodeBytes);
            PoseidonBatch.HashNodes(step, nodes[..(batch * step)], parents[..batch]);
            nodes = nodes[(batch * step)..];
            parents = parents[batch..];
        }
    }
}
