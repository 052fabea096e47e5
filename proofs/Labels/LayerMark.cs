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

    /// <summary>True when the layer has a mark, of whatever kind.</summary>
    public static bool Exists(string folder, int layer) => File.Exists(PathOf(folder, layer));

    /// <summary>The checksum that a layer of this replica and size must have; null when nothing says so.</summary>
    public static string? ChecksumOf(string folder, int layer, Bytes32 replicaId, long size)
    {
        var (text, checksum) = Read(folder, layer);
        return text == Text(layer, replicaId, size, checksum) ? checksum : null;
    }

    /// <summary>The same for whatever replica the mark is of.</summary>
    public static string? ChecksumOf(string folder, int layer, long size)
    {
        var (text, checksum) = Read(folder, layer);
        return Bytes32.TryParseHex(text.Split(' ')[0], out var replicaId)
            && text == Text(layer, replicaId, size, checksum) ? checksum : null;
    }

    /// <summary>Takes a mark away, before its layer is written anew.</summary>
    public static void Delete(string folder, int layer) => File.Delete(PathOf(folder, layer));

    // Empty where there is no mark, or one of another length.
    private static (string Text, string Checksum) Read(string folder, int layer)
    {
        var path = PathOf(folder, layer);
        var text = File.Exists(path) && new FileInfo(path).Length == CacheFiles.LayerMarkSize
            ? File.ReadAllText(path, Encoding.ASCII)
            : "";
        return (text, text.TrimEnd('\n').Split(' ')[^1]);
    }

    private static string PathOf(string folder, int layer) => Path.Combine(folder, CacheFiles.LayerMark(layer));

    private static string Text(int layer, Bytes32 replicaId, long size, string checksum) =>
        string.Create(CultureInfo.InvariantCulture, $"{replicaId} {layer:d2} {size:d12} {checksum}\n");
}
