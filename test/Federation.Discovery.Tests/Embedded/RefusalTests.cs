using Federation.Discovery.Embedded;
using Federation.Discovery.Tests.Support;

namespace Federation.Discovery.Tests.Embedded;

/// <summary>Folders that the store refuses, each with the remedy and with nothing changed in it.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Open_MiddleLogMissing_Refuses()
    {
        var disk = new FaultyFiles();
        await using (var store = await EmbeddedStore.OpenAsync(disk))
        {
            await store.PutAsync("a", "1");
            disk.FailFrom = disk.Operations + 4; // the rotation succeeds, the snapshot does not
            await store.SnapshotAsync().BoundAsync();
        }

        disk = disk.AfterPowerLoss(static rest => rest);
        await using (var store = await EmbeddedStore.OpenAsync(disk))
        {
            await store.PutAsync("b", "2");
        }

        Assert.Equal(2, disk.Names().Count);
        disk.Delete(disk.Names().Order(StringComparer.Ordinal).First());
        await Assert.ThrowsAsync<StoreFolderException>(() => EmbeddedStore.OpenAsync(disk));
    }

    /// <summary>Nothing is begun anew, nor written behind a gap, where a file is gone that acknowledged writes were
    /// in.</summary>
    [Theory]
    [InlineData("snapshot")]
    [InlineData("log")]
    public async Task Open_SnapshotOrTheLogAfterItMissing_Refuses(string prefix)
    {
        var disk = new FaultyFiles();
        await using (var store = await EmbeddedStore.OpenAsync(disk))
        {
            await store.PutAsync("a", "1");
            await store.SnapshotAsync().BoundAsync();
        }

        disk.Delete(disk.Names().Single(name => name.StartsWith(prefix, StringComparison.Ordinal)));
        var refusal = await Assert.ThrowsAsync<StoreFolderException>(() => EmbeddedStore.OpenAsync(disk));
        Assert.Contains("is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
        Assert.Single(disk.Names());
    }

    [Fact]
    public async Task Open_FolderInUse_IsRefusedWithRemedy()
    {
        using var folder = new TemporaryFolder();
        await using var store = await EmbeddedStore.OpenAsync(folder.Path);
        var refusal = await Assert.ThrowsAsync<StoreFolderException>(() => EmbeddedStore.OpenAsync(folder.Path));
        Assert.Contains(folder.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderIsAFile_IsRefusedWithRemedy()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var refusal = await Assert.ThrowsAsync<StoreFolderException>(() => EmbeddedStore.OpenAsync(file));
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LogCannotBeRead_IsRefusedWithRemedy()
    {
        using var folder = new TemporaryFolder();
        await using (var store = await EmbeddedStore.OpenAsync(folder.Path))
        {
            await store.PutAsync("a", "1");
        }

        var log = Directory.EnumerateFiles(folder.Path, "log-*").Single();
        File.Delete(log);
        File.CreateSymbolicLink(log, log);
        var refusal = await Assert.ThrowsAsync<StoreFolderException>(() => EmbeddedStore.OpenAsync(folder.Path));
        Assert.Contains("mend the disk", refusal.Message, StringComparison.Ordinal);
    }
}
