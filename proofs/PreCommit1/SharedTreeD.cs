using System.Runtime.InteropServices;

namespace Federation.Proofs.PreCommit1;

/// <summary>
/// The tree-d of a sector of zeros, which all committed-capacity sectors of a size have alike: one file, of which
/// theirs are further names (hard links), so that none of them writes its inner rows again or takes their room. Nobody
/// writes into a tree that has its name; one is replaced by a rename. Several processes may use it at once.
/// </summary>
/// <param name="path">The file; its folder is made when it is needed.</param>
internal sealed partial class SharedTreeD(string path)
{
    /// <summary>
    /// Gives the file one more name, in place of what has it; false when there is no such file, or when the file system
    /// gives it none there.
    /// </summary>
    public bool TryTake(string name)
    {
        File.Delete(name);
        return Link(path, name) == 0;
    }

    /// <summary>
    /// Keeps a whole tree for others, in place of the one that they had. Where the file system gives it no second name,
    /// each sector goes on with its own.
    /// </summary>
    public void Keep(string tree)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".tmp";
        if (!new SharedTreeD(tree).TryTake(draft))
        {
            return;
        }

        try
        {
            File.Move(draft, path, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Another process, which keeps its own at this moment, took the draft away.
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
