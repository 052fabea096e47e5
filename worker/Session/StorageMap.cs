using Federation.Proto.Gates;

namespace Federation.Worker.Session;

/// <summary>Where the region's storage paths are, as the agent told at the last registration. Thread-safe.</summary>
public sealed class StorageMap
{
    private volatile IReadOnlyDictionary<string, string> _paths = new Dictionary<string, string>();

    /// <summary>Takes what the agent said.</summary>
    public void Set(IEnumerable<StoragePath> paths) =>
        _paths = paths.ToDictionary(path => path.Id, path => path.Path, StringComparer.Ordinal);

    /// <summary>The path of a storage id; null when the agent never named it.</summary>
    public string? Find(string id) => _paths.GetValueOrDefault(id);
}
