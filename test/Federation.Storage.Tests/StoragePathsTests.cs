using Federation.Storage.Config;

namespace Federation.Storage.Tests;

public sealed class StoragePathsTests : IDisposable
{
    private const string Id = "b8a399b9-f03b-4c70-b8ce-b14a5d15e2fe";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Attach_Init_WritesLotusFiles()
    {
        var storage = _folder.Attach();

        Assert.Equal(
            $$"""
            {
              "ID": "{{Id}}",
              "Weight": 10,
              "CanSeal": true,
              "CanStore": false,
              "MaxStorage": 0,
              "Groups": null,
              "AllowTo": null,
              "AllowTypes": null,
              "DenyTypes": null,
              "AllowMiners": null,
              "DenyMiners": null
            }
            """,
            File.ReadAllText(Path.Combine(storage.Root, "sectorstore.json")));
        Assert.Equal(
            $$"""
            {
              "StoragePaths": [
                {
                  "Path": "{{storage.Root}}"
                }
              ]
            }
            """,
            File.ReadAllText(Path.Combine(_folder.Root, "storage.json")));
    }

    /// <summary>Lotus's own files, where the shared folder is at hand: read and written back byte for byte.</summary>
    [Fact]
    public void Read_FilesOfLotus_WriteBackTheSameBytes()
    {
        foreach (var path in SharedFiles("storage-*.json"))
        {
            AssertRoundTrip<StorageConfig>(path);
        }

        foreach (var path in SharedFiles("sectorstore-*.json"))
        {
            AssertRoundTrip<SectorStoreConfig>(path);
        }

        AssertRoundTrip<StorageConfig>(Path.Combine(_folder.Attach().Root, "..", "storage.json"));
    }

    [Fact]
    public void Attach_UnknownMembers_AreKept()
    {
        File.WriteAllText(
            Path.Combine(_folder.Root, "storage.json"), """{"StoragePaths":[{"Path":"/a","Later":1}],"More":{"x":[2]}}""");

        _folder.Attach();

        var text = File.ReadAllText(Path.Combine(_folder.Root, "storage.json"));
        Assert.Contains("\"Later\": 1", text, StringComparison.Ordinal);
        Assert.Contains("\"More\"", text, StringComparison.Ordinal);
        Assert.Equal(2, StoragePaths.Read(_folder.Root).StoragePaths!.Count);
    }

    [Fact]
    public void Attach_Twice_IsRefused()
    {
        var storage = _folder.Attach();

        Assert.Contains("attached already", Fail(storage.Root, null).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder.Root, "storage.json"));
        Assert.Contains(
            "is already initialized", Fail(storage.Root, new SectorStoreConfig { Id = "x", CanSeal = true }).Message,
                StringComparison.Ordinal);
        Assert.Equal(Id, StorageFolder.Open(storage.Root).Id);
    }

    [Fact]
    public void Attach_NeitherSealNorStore_IsRefused() => Assert.Equal(
        "must specify at least one of --store or --seal.",
        Fail(Path.Combine(_folder.Root, "x"), new SectorStoreConfig { Id = "x" }).Message);

    [Fact]
    public void Attach_NotInitialised_IsRefused() => Assert.Contains(
        "is not a storage path (sectorstore.json is missing)", Fail(_folder.Root, null).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Open_OtherId_SaysThatAnotherFileSystemIsMounted()
    {
        var storage = _folder.Attach();

        Assert.Equal(Id, StorageFolder.Open(storage.Root, Id).Id);
        var error = Assert.Throws<StorageException>(() => StorageFolder.Open(storage.Root, "other"));
        Assert.Equal(
            $"{storage.Root} is storage {Id}, expected other: another file system is mounted there.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"Weight":10}""")]
    [InlineData("""{"ID":""}""")]
    [InlineData("""{"ID":5}""")]
    [InlineData("""{"ID":"a","ID":"b"}""")]
    public void Open_DamagedFile_NamesIt(string content)
    {
        var file = Path.Combine(_folder.Attach().Root, "sectorstore.json");
        File.WriteAllText(file, content);

        var error = Assert.Throws<StorageException>(() => StorageFolder.Open(Path.GetDirectoryName(file)!));
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }

    private StorageException Fail(string path, SectorStoreConfig? initialise) =>
        Assert.Throws<StorageException>(() => StoragePaths.Attach(_folder.Root, path, initialise));

    private static void AssertRoundTrip<T>(string path)
        where T : class
    {
        var content = File.ReadAllBytes(path);
        Assert.Equal(content, ConfigJson.Write(ConfigJson.Read<T>(path, content)));
    }

    private static string[] SharedFiles(string pattern)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared", "vectors", "lotus");
            if (Directory.Exists(shared))
            {
                return Directory.GetFiles(shared, pattern);
            }
        }

        return [];
    }
}
