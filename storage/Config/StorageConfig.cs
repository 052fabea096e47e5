using System.Text.Json;
using System.Text.Json.Serialization;

namespace Federation.Storage.Config;

/// <summary>A repository's <c>storage.json</c>, as Lotus writes it: the storage paths that it uses.</summary>
public sealed record StorageConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "storage.json";

    /// <summary>The paths, in the order of their attachment.</summary>
    public IReadOnlyList<LocalPath>? StoragePaths { get; init; } = [];

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
