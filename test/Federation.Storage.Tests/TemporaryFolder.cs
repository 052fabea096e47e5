using Federation.Storage.Config;

namespace Federation.Storage.Tests;

/// <summary>An initialised storage path on the real file system, deleted at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("federation-storage-");

    public string Root => _folder.FullName;

    public StorageFolder Attach(SectorStoreConfig? config = null)
    {
        var path = Path.Combine(Root, "store");
        StoragePaths.Attach(
            Root, path, config
                ?? new SectorStoreConfig { Id = "b8a399b9-f03b-4c70-b8ce-b14a5d15e2fe", CanSeal = true });
        return StorageFolder.Open(path);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
