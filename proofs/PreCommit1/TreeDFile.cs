using Federation.Proofs.Pieces;
using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit1;

/// <summary>
/// Builds tree-d under a temporary name, checks its root and names it; keeps one that is whole, which to find out takes
/// less than to build it: PC2 takes the data from it. Sectors of zeros may have one file among them.
/// </summary>
internal static class TreeDFile
{
    private const int LookBytes = 1 << 20;

    /// <summary>Leaves the tree of the data in the cache folder.</summary>
    /// <exception cref="InvalidDataException">The data are not those of the pieces.</exception>
    public static void Ensure(
        PreCommit1Request request,
        Bytes32 commD,
        SealOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var (shape, path) = (request.Config.Shape, Path.Combine(request.CacheDirectory, CacheFiles.TreeD));
        progress = progress is null ? null : new Rising(progress);
        if (TreeD.IsWhole(shape, path, commD, options, progress, cancellationToken))
        {
            return;
        }

        var shared = request.SharedTreeDPath is { } sharedPath && commD == ZeroPieces.Commitment(shape.SectorSize)
            ? new SharedTreeD(sharedPath)
            : null;
        if (shared is null || !TryTake(shared, request, commD, options, progress, cancellationToken))
        {
            Build(request, commD, options, progress, cancellationToken);
            shared?.Keep(path);
        }
    }

    /// <summary>
    /// Takes the tree that other sectors have, where the data are zeros indeed and the tree is whole.
    /// </summary>
    private static bool TryTake(
        SharedTreeD shared,
        PreCommit1Request request,
        Bytes32 commD,
        SealOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(request.CacheDirectory, CacheFiles.TreeD);
        var taken = path + ".link";
        try
        {
            if (!shared.TryTake(taken)
                || !IsZeros(request, cancellationToken)
                || !TreeD.IsWhole(request.Config.Shape, taken, commD, options, progress, cancellationToken))
            {
                return false;
            }

            File.Move(taken, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(taken);
        }
    }

    private static bool IsZeros(PreCommit1Request request, CancellationToken cancellationToken)
    {
        var nodes = request.Config.Shape.Nodes;
        using var data = NodeFile.OpenPrefix(request.UnsealedPath, nodes);
        var buffer = new byte[Math.Min(LookBytes, nodes * SectorShape.NodeSize)];
        var isZeros = true;
        for (long node = 0; node < nodes && isZeros; node += buffer.Length / SectorShape.NodeSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            data.Read(node, buffer);
            isZeros = !buffer.AsSpan().ContainsAnyExcept((byte)0);
        }

        return isZeros;
    }

    private static void Build(
        PreCommit1Request request,
        Bytes32 commD,
        SealOptions options,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(request.CacheDirectory, CacheFiles.TreeD);
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

    /// <summary>A tree that is refused in the middle is built from the beginning: that is not told as a fall.</summary>
    private sealed class Rising(IProgress<double> progress) : IProgress<double>
    {
        private double _told;

        public void Report(double value)
        {
            if (value > _told)
            {
                _told = value;
                progress.Report(value);
            }
        }
    }
}
