using Federation.Hosting;
using Federation.Proto.Gates;
using Federation.Storage;
using Federation.Storage.Config;

namespace Federation.MinerAgent.Run;

/// <summary>The storage paths of the region, opened and tried at start.</summary>
internal static class AgentStorage
{
    private const string Remedy = "attach one with: miner-agent storage attach --init --seal --store PATH";

    /// <summary>Opens what <c>storage.json</c> names.</summary>
    /// <exception cref="OperatorException">A path is missing, another one, or cannot be written; or none may
    /// seal.</exception>
    public static IReadOnlyList<StorageFolder> Open(string repository)
    {
        try
        {
            var storages = (StoragePaths.Read(repository).StoragePaths ?? [])
                .Select(entry => StorageFolder.Open(entry.Path)).ToList();
            RequireDistinct(storages);
            storages.ForEach(RequireWritable);
            return storages.Any(storage => storage.Config.CanSeal)
                ? storages
                : throw new OperatorException("no storage path of this agent may seal", Remedy);
        }
        catch (StorageException error)
        {
            throw new OperatorException(error.Message, null, error);
        }
    }

    /// <summary>The paths as workers are told of them.</summary>
    public static IReadOnlyList<StoragePath> Describe(IEnumerable<StorageFolder> storages) =>
        [.. storages.Select(storage => new StoragePath { Id = storage.Id, Path = storage.Root })];

    /// <summary>Jobs and workers know a path by its id alone.</summary>
    internal static void RequireDistinct(IEnumerable<StorageFolder> storages)
    {
        if (storages.GroupBy(storage => storage.Id, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new OperatorException(
                $"storage paths {string.Join(" and ", twice.Select(storage => storage.Root))} have the same id "
                + $"{twice.Key}",
                $"take one of them out of {StorageConfig.FileName}: a copied {SectorStoreConfig.FileName} makes no "
                + "second storage");
        }
    }

    private static void RequireWritable(StorageFolder storage)
    {
        if (storage.FindWriteProblem() is { } problem)
        {
            throw new OperatorException(
                $"storage {storage.Root} cannot be written: {problem}",
                "free some space there, give this user write access, or detach the path");
        }
    }
}
