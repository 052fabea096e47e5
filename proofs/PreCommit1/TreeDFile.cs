using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit1;

/// <summary>Builds tree-d under a temporary name, checks its root and names it; keeps one that is complete.</summary>
internal static class TreeDFile
{
    private const int SampledLeaves = 32;

    /// <summary>Leaves the tree of the data in the cache folder.</summary>
    /// <exception cref="InvalidDataException">The data are not those of the pieces.</exception>
    public static void Ensure(
        PreCommit1Request request,
        Bytes32 commD,
        SealOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(request.CacheDirectory, CacheFiles.TreeD);
        if (IsComplete(request, path, commD, cancellationToken))
        {
            return;
        }

        var temporary = path + ".tmp";
        var root = TreeD.Build(
            request.Config.Shape, request.UnsealedPath, temporary, options, progress, cancellationToken);
        if (root != commD)
        {
            File.Delete(temporary);
            throw new InvalidDataException(
                $"the data in {request.UnsealedPath} have CommD {root}, but the pieces give {commD}: "
                + "the file is damaged or the pieces are another sector's");
        }

        using (var file = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
        {
            FileRegions.Flush(file, cancellationToken);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>
    /// A tree has its name only when it was complete; samples tell another sector's or a damaged one apart.
    /// </summary>
    private static bool IsComplete(
        PreCommit1Request request, string path, Bytes32 commD, CancellationToken cancellationToken)
    {
        var shape = request.Config.Shape;
        if (!File.Exists(path) || new FileInfo(path).Length != ((2 * shape.Nodes) - 1) * SectorShape.NodeSize)
        {
            return false;
        }

        using var tree = TreeDReader.Open(shape, path);
        using var data = File.OpenHandle(request.UnsealedPath);
        Span<byte> leaf = stackalloc byte[SectorShape.NodeSize];
        var complete = tree.Root == commD;
        for (var i = 0; i <= SampledLeaves && complete; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = (shape.Nodes - 1) * i / SampledLeaves;
            var proof = tree.Prove(node);
            FileRegions.ReadExactly(data, request.UnsealedPath, leaf, node * SectorShape.NodeSize);
            complete = proof.Leaf.Span.SequenceEqual(leaf) && proof.Verify(TreeHash.Sha256);
        }

        return complete;
    }
}
