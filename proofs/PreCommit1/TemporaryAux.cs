using System.Text;

namespace Federation.Proofs.PreCommit1;

/// <summary>
/// The file <c>t_aux</c>: in bincode, where labels and trees lie. Its paths are replaced when it is read.
/// </summary>
public static class TemporaryAux
{
    /// <summary>The file's bytes.</summary>
    /// <param name="shape">Shape of the sector.</param>
    /// <param name="recordedCachePath">Cache folder as recorded in the file.</param>
    public static byte[] ToBytes(SectorShape shape, string recordedCachePath)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(recordedCachePath);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var layers = StoreConfig.Layers(shape, recordedCachePath);
        writer.Write((ulong)layers.Count);
        foreach (var layer in layers)
        {
            Write(writer, layer);
        }

        Write(writer, StoreConfig.TreeD(shape, recordedCachePath));
        Write(writer, StoreConfig.TreeRLast(shape, recordedCachePath));
        Write(writer, StoreConfig.TreeC(shape, recordedCachePath));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Writes the file into a cache folder, whole or not at all.</summary>
    public static void Write(SectorShape shape, string cacheDirectory, string recordedCachePath) =>
        FileRegions.WriteWhole(Path.Combine(cacheDirectory, CacheFiles.TAux), ToBytes(shape, recordedCachePath));

    private static void Write(BinaryWriter writer, StoreConfig store)
    {
        WriteText(writer, store.Path);
        WriteText(writer, store.Id);
        writer.Write((byte)1);
        writer.Write((ulong)store.Size);
        writer.Write((ulong)store.RowsToDiscard);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }
}
