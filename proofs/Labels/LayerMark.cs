using System.Globalization;
using System.Text;

namespace Federation.Proofs.Labels;

/// <summary>
/// The small file beside a layer that makes it count: replica id, layer, size and checksum, in one line of text. It is
/// written when the layer is on disk; a layer without it, or with another's, is made anew.
/// </summary>
internal static class LayerMark
{
    /// <summary>Writes a layer's mark durably.</summary>
    public static void Write(string folder, int layer, Bytes32 replicaId, long size, LayerChecksum checksum) =>
        FileRegions.WriteWhole(
            PathOf(folder, layer), Encoding.ASCII.GetBytes(Text(layer, replicaId, size, checksum.ToString())));

    /// <summary>The checksum that a layer of this replica and size must have; null when nothing says so.</summary>
    public static string? ChecksumOf(string folder, int layer, Bytes32 replicaId, long size)
    {
        var path = PathOf(folder, layer);
        if (!File.Exists(path) || new FileInfo(path).Length != CacheFiles.LayerMarkSize)
        {
            return null;
        }

        var text = File.ReadAllText(path, Encoding.ASCII);
        var checksum = text.TrimEnd('\n').Split(' ')[^1];
        return text == Text(layer, replicaId, size, checksum) ? checksum : null;
    }

    /// <summary>Takes a mark away, before its layer is written anew.</summary>
    public static void Delete(string folder, int layer) => File.Delete(PathOf(folder, layer));

    private static string PathOf(string folder, int layer) => Path.Combine(folder, CacheFiles.LayerMark(layer));

    private static string Text(int layer, Bytes32 replicaId, long size, string checksum) =>
        string.Create(CultureInfo.InvariantCulture, $"{replicaId} {layer:d2} {size:d12} {checksum}\n");
}
