using Federation.Proofs;
using Federation.Proofs.Trees;

namespace Federation.Worker.Phases;

/// <summary>Commitments as a sector's cache folder has them.</summary>
internal static class CommitmentFiles
{
    /// <summary>CommD: the root of tree-d, or what the synthetic proofs begin with when tree-d is gone.</summary>
    /// <exception cref="FileNotFoundException">Neither is there.</exception>
    public static Bytes32 ReadCommD(SealConfig config, string cachePath)
    {
        var synthetic = Path.Combine(cachePath, CacheFiles.SyntheticProofs);
        var treeD = Path.Combine(cachePath, CacheFiles.TreeD);
        if (config.Feature == PoRepFeature.Synthetic && File.Exists(synthetic) && !File.Exists(treeD))
        {
            return new Bytes32(ReadStart(synthetic, Bytes32.Size));
        }

        using var tree = TreeDReader.Open(config.Shape, treeD);
        return tree.Root;
    }

    /// <summary>CommR, from the two roots in <c>p_aux</c>.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public static Bytes32 ReadCommR(string cachePath) => PersistentAux.Read(cachePath).CommR();

    private static byte[] ReadStart(string path, int count)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var bytes = new byte[count];
        return file.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new InvalidDataException($"file {path} has {file.Length} bytes where at least {count} are needed");
    }
}
