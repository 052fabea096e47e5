using System.Text;
using Federation.Hosting.Repository;

namespace Federation.Hosting.Tests.Repository;

public sealed class AtomicFileTests
{
    /// <summary>A power cut takes back whatever name its folder was not flushed after.</summary>
    [Fact]
    public void Write_Returns_FolderWasFlushedAfterTheRename()
    {
        using var folder = new TempFolder();
        var flushed = new List<(string Folder, string Content)>();
        File.WriteAllText(folder["id"], "old");

        AtomicFile.Write(
            folder["id"], "new"u8, AtomicFile.Secret,
            flushedFolder => flushed.Add((flushedFolder, File.ReadAllText(folder["id"]))));

        Assert.Equal([(folder.FullName, "new")], flushed);
    }

    [Fact]
    public void Write_FolderCannotBeFlushed_IsNotTakenForDone()
    {
        using var folder = new TempFolder();

        Assert.Throws<IOException>(() => AtomicFile.Write(
            folder["id"], "new"u8, AtomicFile.Secret, _ => throw new IOException("no flush")));

        Assert.Equal(["id"], Directory.GetFiles(folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public void Write_RelativeName_IsWrittenInTheWorkingFolder()
    {
        var name = $"atomic-{Guid.NewGuid():N}";
        try
        {
            AtomicFile.Write(name, Encoding.ASCII.GetBytes(name), AtomicFile.Secret);

            Assert.Equal(name, File.ReadAllText(Path.GetFullPath(name)));
        }
        finally
        {
            File.Delete(name);
        }
    }
}
