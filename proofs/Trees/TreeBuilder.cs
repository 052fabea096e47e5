using Federation.Proofs.Poseidon;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Trees;

/// <summary>Fills <paramref name="leaves"/> with consecutive leaves; called by many threads, each leaf once.</summary>
internal delegate void LeafReader(long firstLeaf, Span<byte> leaves);

/// <summary>
/// Builds one tree file from its leaves, in chunks: a chunk's rows are computed in memory and written each to its place,
/// the rows above the chunks come from the chunks' roots. Memory does not depend on the tree's size but for one node per
/// chunk.
/// </summary>
internal sealed class TreeBuilder
{
    private const int NodeBytes = SectorShape.NodeSize;
    private const int BinaryChunkHeight = 13;
    private const int OctalChunkHeight = 4;
    private const int ParentsPerCheck = 1024;

    private readonly TreeLayout _layout;
    private readonly TreeHash _hash;
    private readonly NodeFile _file;
    private readonly LeafReader _leaves;
    private readonly int _chunkHeight;
    private readonly byte[] _chunkRoots;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Prepares a tree in a file; <see cref="Build"/> does all of it.</summary>
    internal TreeBuilder(
        TreeLayout layout, TreeHash hash, NodeFile file, LeafReader leaves, CancellationToken cancellationToken)
    {
        _layout = layout;
        _hash = hash;
        _file = file;
        _leaves = leaves;
        _chunkHeight = Math.Min(layout.Height, hash == TreeHash.Sha256 ? BinaryChunkHeight : OctalChunkHeight);
        _chunkRoots = new byte[layout.RowNodes(_chunkHeight) * NodeBytes];
        _cancellationToken = cancellationToken;
    }

    internal int ChunkLeaves => (int)(_layout.Leaves / _layout.RowNodes(_chunkHeight));

    /// <summary>Writes the tree to <paramref name="path"/> and returns its root.</summary>
    /// <param name="layout">Shape of the tree and the rows to store.</param>
    /// <param name="hash">Hash function.</param>
    /// <param name="path">File to create or to replace.</param>
    /// <param name="leaves">Source of the leaves.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="leavesDone">Told how many more leaves are finished; called by many threads.</param>
    /// <param name="cancellationToken">Ends the work within a second; the file is left incomplete.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Bytes32 Build(
        TreeLayout layout,
        TreeHash hash,
        string path,
        LeafReader leaves,
        SealOptions options,
        Action<long>? leavesDone,
        CancellationToken cancellationToken)
    {
        using var file = NodeFile.Create(path);
        var builder = new TreeBuilder(layout, hash, file, leaves, cancellationToken);
        ChunkedWork.Run(
            layout.RowNodes(builder._chunkHeight),
            2 * builder.ChunkLeaves * NodeBytes,
            options,
            (chunk, buffer) =>
            {
                builder.BuildChunk(chunk, buffer);
                leavesDone?.Invoke(builder.ChunkLeaves);
            },
            cancellationToken);
        return builder.BuildTop();
    }

    /// <summary>Writes the rows of one chunk. The buffer takes two nodes for each leaf of a chunk.</summary>
    internal void BuildChunk(long chunk, Span<byte> buffer)
    {
        int nodes = ChunkLeaves;
        Span<byte> row = buffer[..(nodes * NodeBytes)];
        Span<byte> rest = buffer[row.Length..];
        _leaves(chunk * nodes, row);
        for (int height = 0; height < _chunkHeight; height++)
        {
            Store(height, chunk * nodes, row);
            nodes /= _layout.Arity;
            Span<byte> parents = rest[..(nodes * NodeBytes)];
            HashRow(row, parents);
            row = parents;
            rest = rest[parents.Length..];
        }

        row.CopyTo(_chunkRoots.AsSpan((int)(chunk * NodeBytes)));
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
        return new Bytes32(row);
    }

    private void Store(int row, long firstNode, ReadOnlySpan<byte> nodes)
    {
        if (row >= _layout.SkippedRows)
        {
            _file.Write(_layout.RowOffset(row) + firstNode, nodes);
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
            HashBatch(_hash, step, nodes[..(batch * step)], parents[..batch]);
            nodes = nodes[(batch * step)..];
            parents = parents[batch..];
        }
    }

    private static void HashBatch(TreeHash hash, int arity, ReadOnlySpan<byte> nodes, Span<byte> parents)
    {
        if (hash == TreeHash.Sha256)
        {
            TreeHasher.HashPairs(nodes, parents);
            return;
        }

        PoseidonBatch.HashNodes(arity, nodes, parents);
    }
}
