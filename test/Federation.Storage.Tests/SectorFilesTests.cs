using Federation.Storage.Attempts;

namespace Federation.Storage.Tests;

public sealed class SectorFilesTests : IDisposable
{
    private static readonly SectorId Sector = new(1000, 4);
    private readonly TemporaryFolder _folder = new();
    private readonly StorageFolder _storage;
    private readonly SectorFiles _files;

    public SectorFilesTests()
    {
        _storage = _folder.Attach();
        _files = new SectorFiles(_storage);
        foreach (
            var name in new[] { "unsealed/s-t01000-4", "sealed/s-t01000-4", "handover/s-t01000-4/pc1.json" }.Concat(
            new[] { "layer-1.dat", "layer-2.dat", "tree-c.dat", "tree-d.dat", "tree-r-last.dat" }
                .Select(name => $"cache/s-t01000-4/sc-02-data-{name}"))
            .Concat(["cache/s-t01000-4/p_aux", "cache/s-t01000-4/t_aux"]))
        {
            var path = Path.Combine(_storage.Root, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "0123456789");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Finalize_SealedSector_KeepsWhatLotusKeeps(bool keepUnsealed)
    {
        _files.Finalize(Sector, keepUnsealed);
        _files.Finalize(Sector, keepUnsealed);

        Assert.Equal(
            ["p_aux", "sc-02-data-tree-r-last.dat", "t_aux"],
            Directory.GetFiles(_storage.Paths(Sector).Cache).Select(path => Path.GetFileName(path)).Order(
                StringComparer.Ordinal));
        Assert.Equal(keepUnsealed, File.Exists(_storage.Paths(Sector).Unsealed));
        Assert.True(File.Exists(_storage.Paths(Sector).Sealed));
        Assert.False(Directory.Exists(_storage.Paths(Sector).Handover));
    }

    [Fact]
    public void Remove_Sector_LeavesOtherSectorsAlone()
    {
        var other = new SectorId(1000, 40);
        File.WriteAllText(_storage.Paths(other).Sealed, "x");
        _storage.Attempts(Sector, SealingPhase.PreCommit1).Create(1, 1);

        _files.Remove(Sector);
        _files.Remove(Sector);

        Assert.Equal(SectorFileType.None, _files.Find(Sector));
        Assert.Equal(0, _files.BytesOf(Sector));
        Assert.Equal(SectorFileType.Sealed, _files.Find(other));
    }

    [Fact]
    public void Require_MissingOrOfAnotherSize_NamesTheFile()
    {
        var name = AttemptFileName.InCache("p_aux");
        var path = _storage.PathOf(Sector, name);

        Assert.Equal(path, _files.Require(Sector, name, 10));
        Assert.Equal(
            $"{path} has 10 bytes, expected 64: run the phase that writes it again.",
            Assert.Throws<StorageException>(() => _files.Require(Sector, name, 64)).Message);
        File.Delete(path);
        Assert.Equal(
            $"{path} is missing: run the phase that writes it again.",
            Assert.Throws<StorageException>(() => _files.Require(Sector, name)).Message);
    }
}
