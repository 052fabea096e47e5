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
        var builder = new TreeDBuilder(shape, tree);
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
        return builder.BuildTop(cancellationToken);
    }
}
