using Federation.Proofs.Trees;

namespace Federation.Proofs.PreCommit1;

/// <summary>
/// Builds tree-d under a temporary name, checks its root and names it; keeps one that is whole, which to find out takes
/// less than to build it: PC2 takes the data from it.
/// </summary>
internal static class TreeDFile
{
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
        progress = progress is null ? null : new Rising(progress);
        if (TreeD.IsWhole(request.Config.Shape, path, commD, options, progress, cancellationToken))
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
