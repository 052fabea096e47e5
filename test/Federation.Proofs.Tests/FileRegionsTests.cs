using Federation.Proofs.PreCommit1;

namespace Federation.Proofs.Tests;

public sealed class FileRegionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flush_FileWithData_Returns(bool canBeCancelled)
    {
        using var cancel = new CancellationTokenSource();
        using var file = File.OpenHandle(_folder["file"], FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, "data"u8, 0);
        var failure = Record.Exception(() => FileRegions.Flush(file, canBeCancelled ? cancel.Token : default));

        Assert.Null(failure);
    }

    [Fact]
    public void WriteWhole_FileThere_IsReplacedAndNothingElseIsLeft()
    {
        FileRegions.WriteWhole(_folder["file"], "long before"u8);
        FileRegions.WriteWhole(_folder["file"], "after"u8);

        Assert.Equal("after", File.ReadAllText(_folder["file"]));
        Assert.Equal([_folder["file"]], Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder["file"])!));
    }

    [Fact]
    public void Flush_Cancelled_IsNotWaitedFor()
    {
        using var file = File.OpenHandle(_folder["file"], FileMode.Create, FileAccess.Write);
        Assert.ThrowsAny<OperationCanceledException>(() => FileRegions.Flush(file, new CancellationToken(true)));
    }

    // Its own failure, not that of the task that it ran in.
    [Fact]
    public void Flush_ClosedFile_ThrowsAsTheFileDoes()
    {
        using var cancel = new CancellationTokenSource();
        var file = File.OpenHandle(_folder["file"], FileMode.Create, FileAccess.Write);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => FileRegions.Flush(file, cancel.Token));
    }

    // Random reads of a slow disk: hundreds a layer.
    [Fact]
    public void RequireLayers_Cancelled_LooksAtNoFurtherLabel()
    {
        var config = SealConfig.FromRegistered(5);
        foreach (var layer in new[] { 1, 2 })
        {
            File.WriteAllBytes(_folder[CacheFiles.Layer(layer)], new byte[config.Shape.SectorSize]);
        }

        Assert.ThrowsAny<OperationCanceledException>(() => PreCommit1Phase.RequireLayers(
            config, default, _folder.Path, new CancellationToken(true)));
    }
}
