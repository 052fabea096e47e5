using System.Buffers;

namespace Federation.Proofs.Trees;

/// <summary>Tree-d: the binary SHA-256 tree over a sector's padded data. Its root is CommD.</summary>
public static class TreeD
{
    /// <summary>Builds the tree over the first sector-size bytes of a file and returns its root, CommD.</summary>
    /// <param name="shape">Shape of the sector.</param>
    /// <param name="unsealedPath">Padded data; bytes behind the sector's size are not read.</param>
    /// <param name="treePath">File to create or to replace.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="progress">Told the fraction that is done, which never falls.</param>
    /// <param name="cancellationToken">Ends the work within a second; the file is left incomplete.</param>
    /// <exception cref="FileNotFoundException">The data file is missing.</exception>
    /// <exception cref="InvalidDataException">The data file is too short.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Bytes32 Build(
        SectorShape shape,
        string unsealedPath,
        string treePath,
        SealOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        using var data = NodeFile.OpenPrefix(unsealedPath, shape.Nodes);
        using var tree = NodeFile.Create(treePath, TreeLayout.TreeD(shape).StoredNodes);
        var flush = new FlushAhead(tree.Flush);
        Bytes32 root = Run(
            shape,
            data,
            (first, nodes) =>
            {
                tree.Write(first, nodes);
                flush.Add(nodes.Length);
            },
            options,
            progress,
            cancellationToken);
        flush.Finish(cancellationToken);
        return root;
    }

    /// <summary>
    /// True when a tree's file is whole: it has this root, and every node above the leaves is the hash of the two
    /// below. The leaves are then the data that the root commits to.
    /// </summary>
    /// <param name="shape">Shape of the sector.</param>
    /// <param name="treePath">An existing file.</param>
    /// <param name="commD">The root.</param>
    /// <param name="options">Threads and memory.</param>
    /// <param name="progress">Told the fraction that is done, which never falls.</param>
    /// <param name="cancellationToken">Ends the work within a second.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static bool IsWhole(
        SectorShape shape,
        string treePath,
        Bytes32 commD,
        SealOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        long nodes = TreeLayout.TreeD(shape).StoredNodes;
        if (new FileInfo(treePath) is not { Exists: true } file || file.Length != nodes * SectorShape.NodeSize)
        {
            return false;
        }

        using var tree = NodeFile.OpenSequential(treePath, nodes);
        try
        {
            return Run(
                shape, tree, (first, expected) => RequireNodes(tree, first, expected), options, progress,
                cancellationToken) == commD;
        }
        catch (InvalidDataException)
        {
            // A node is not the hash of the two below, or the file has become shorter.
            return false;
        }
    }

    private static void RequireNodes(NodeFile tree, long first, ReadOnlySpan<byte> expected)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(expected.Length);
        try
        {
            Span<byte> found = rented.AsSpan(0, expected.Length);
            tree.Read(first, found);
            int same = found.CommonPrefixLength(expected);
            if (same < found.Length)
            {
                throw new InvalidDataException(
                    $"node {first + (same / SectorShape.NodeSize)} of {tree.Path} is not the hash of the two below");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static Bytes32 Run(
        SectorShape shape,
        NodeFile data,
        LeafWriter store,
        SealOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var builder = new TreeDBuilder(shape, store);
        var counter = progress is null ? null : new LeafCounter(shape.Nodes, progress.Report);
        ChunkedWork.Run(
            builder.Chunks,
            builder.BufferBytes,
            options,
            (chunk, buffer) =>
            {
                data.Read(chunk * builder.ChunkLeaves, buffer.AsSpan(0, builder.BufferBytes / 2));
                builder.ComputeChunk(chunk, buffer);
            },
            (chunk, buffer) =>
            {
                builder.StoreChunk(chunk, buffer);
                counter?.Add(builder.ChunkLeaves);
            },
            cancellationToken);
        return builder.BuildTop();
    }
}
