using System.Text;
using Federation.Storage.Files;

namespace Federation.MinerAgent.Jobs;

/// <summary>Small files that are there as a whole or not at all, also after the power went.</summary>
internal static class DurableFile
{
    /// <summary>Writes or replaces a file; it and its name are on disk when this returns.</summary>
    public static void Write(string path, string text)
    {
        var draft = path + ".tmp";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        LinuxFileLayer.Instance.FlushDirectory(Path.GetDirectoryName(path)!);
    }
}
