using Federation.Storage.Files;

namespace Federation.Storage.Config;

/// <summary>What <c>storage attach</c> and <c>storage list</c> need of a repository's <c>storage.json</c>.</summary>
public static class StoragePaths
{
    /// <summary>Reads a repository's storage paths; none when it has no <c>storage.json</c> yet.</summary>
    /// <exception cref="StorageException">The file is not valid.</exception>
    public static StorageConfig Read(string repository)
    {
        var path = Path.Combine(repository, StorageConfig.FileName);
        return File.Exists(path)
            ? ConfigJson.Read<StorageConfig>(path, LinuxFileLayer.Instance.ReadSmall(path))
            : new StorageConfig();
    }

    /// <summary>
    /// Attaches a path: with a config, initialises it first (<c>sectorstore.json</c> must not be there yet); then
    /// appends it to the repository's <c>storage.json</c>. Both files are written durably.
    /// </summary>
    /// <returns>What the path's <c>sectorstore.json</c> says.</returns>
    /// <exception cref="StorageException">The path is initialised or attached already, or is not a storage
    /// path.</exception>
    public static SectorStoreConfig Attach(string repository, string path, SectorStoreConfig? initialise)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var storage = Read(repository);
        var attached = storage.StoragePaths ?? [];
        if (attached.Any(entry => Path.TrimEndingDirectorySeparator(Path.GetFullPath(entry.Path)) == path))
        {
            throw new StorageException($"{path} is attached already: see {StorageConfig.FileName} in {repository}.");
        }

        if (initialise is not null)
        {
            Initialise(path, initialise);
        }

        var folder = StorageFolder.Open(path);
        var next = storage with { StoragePaths = [.. attached, new LocalPath { Path = path }] };
        LinuxFileLayer.Instance.WriteDurably(Path.Combine(repository, StorageConfig.FileName), ConfigJson.Write(next));
        return folder.Config;
    }

    private static void Initialise(string path, SectorStoreConfig config)
    {
        if (config is { CanSeal: false, CanStore: false })
        {
            throw new StorageException("must specify at least one of --store or --seal.");
        }

        try
        {
            Directory.CreateDirectory(path);
            if (!LinuxFileLayer.Instance.TryWriteNewDurably(
                Path.Combine(path, SectorStoreConfig.FileName), ConfigJson.Write(config)))
            {
                throw new StorageException($"{path} is already initialized: attach it without --init.");
            }
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException and not StorageException)
        {
            throw new StorageException(
                $"storage {path} cannot be written ({error.Message}): "
                + "give this user write access or choose another path.", error);
        }
    }
}
