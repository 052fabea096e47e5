using System.Text.Json;
using System.Text.Json.Serialization;

namespace Federation.Storage.Config;

/// <summary>One entry of <c>storage.json</c>.</summary>
public sealed record LocalPath
{
    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
