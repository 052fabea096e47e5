using Federation.Proofs.Labels;
using Federation.Proofs.Pieces;
using Federation.Proofs.Sha256;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit2;

/// <summary>
/// Whether what PC2 reads is still what PC1 left: a layer or data that a disk has changed since would give a replica
/// whose proofs mostly pass, and whose data nobody gets back. Read whole, before anything is made of it, so that no
/// tree that is marked was ever built of something else.
/// </summary>
internal static class InputCheck
{
    private const int LargestPart = 256 << 10;

    /// <summary>
    /// Requires that each layer is as its mark says. Layers without a mark are left to their caller: others' PC1 leaves
    /// none.
    /// </summary>
    /// <param name="shape">Shape.</param>
    /// <param name="folder">Folder of the layers.</param>
    /// <param name="options">Threads, one for each layer at most.</param>
    /// <param name="checkedBytes">Told the bytes that were read meanwhile, from several threads.</param>
    /// <param name="cancellationToken">Looked at every MiB.</param>
    /// <exception cref="InvalidDataException">A layer or its mark is damaged; the message names it.</exception>
    public static void RequireLayers(
        SectorShape shape,
        string folder,
        SealOptions options,
        Action<long> checkedBytes,
        CancellationToken cancellationToken) =>
        ParallelLoop.Run(
            shape.Layers,
            options.Threads,
            index => LayerCheck.RequireAsMarked(shape, folder, index + 1, checkedBytes, cancellationToken),
            cancellationToken);

    /// <summary>Requires that the data have a commitment.</summary>
    /// <param name="shape">Shape.</param>
    /// <param name="data">The padded data.</param>
    /// <param name="commD">The commitment.</param>
    /// <param name="options">Threads.</param>
    /// <param name="checkedBytes">Told the bytes that were hashed meanwhile, one call at a time.</param>
    /// <param name="cancellationToken">Looked at between two parts.</param>
    /// <exception cref="InvalidDataException">The data have another; the message names the file.</exception>
    public static void RequireData(
        SectorShape shape,
        NodeFile data,
        Bytes32 commD,
        SealOptions options,
        Action<long> checkedBytes,
        CancellationToken cancellationToken)
    {
        Bytes32 found = CommD(shape, data, options, checkedBytes, cancellationToken);
        if (found != commD)
        {
            throw new InvalidDataException(
                $"the data in {data.Path} have CommD {found}, not {commD}: the file is damaged or another sector's, "
                + "run PreCommit1 again");
        }
    }

    /// <summary>The commitment that the data have.</summary>
    internal static Bytes32 CommD(
        SectorShape shape,
        NodeFile data,
        SealOptions options,
        Action<long> hashedBytes,
        CancellationToken cancellationToken)
    {
        int part = (int)Math.Min(LargestPart, shape.SectorSize);
        var stack = new PieceStack();
        ChunkedWork.Run(
            shape.SectorSize / part,
            part,
            options,
            (index, buffer) =>
            {
                Span<byte> nodes = buffer.AsSpan(0, part);
                data.Read(index * (part / SectorShape.NodeSize), nodes);
                TreeHasher.Root(nodes, nodes).CopyTo(nodes);
            },
            (_, buffer) =>
            {
                stack.Push(part, new Bytes32(buffer.AsSpan(0, SectorShape.NodeSize)));
                hashedBytes(part);
            },
            cancellationToken);
        return stack.Root(shape.SectorSize);
    }
}
