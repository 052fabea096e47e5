using System.Text.Json;
using System.Text.Json.Serialization;

namespace Federation.Storage.Config;

/// <summary>
/// A storage path's <c>sectorstore.json</c>, as Lotus writes it. Names and order are Lotus's; members that we do not
/// know are kept. Those from <see cref="Groups"/> on say what a Lotus that has the path may do: they are kept as well,
/// and nothing here goes by them.
/// </summary>
public sealed record SectorStoreConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "sectorstore.json";

    /// <summary>The path's identity: a uuid made when the path was initialised.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>Preference among paths; 0 = read only. Default 10.</summary>
    public ulong Weight { get; init; } = 10;

    /// <summary>Whether sectors are sealed here.</summary>
    public bool CanSeal { get; init; }

    /// <summary>Whether finished sectors are kept here.</summary>
    public bool CanStore { get; init; }

    /// <summary>Most bytes that sectors may take; 0 = as many as the file system has.</summary>
    public ulong MaxStorage { get; init; }

    /// <summary>Groups that the path belongs to.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Groups that files may move to.</summary>
    public IReadOnlyList<string>? AllowTo { get; init; }

    /// <summary>File types that may be here; none = all.</summary>
    public IReadOnlyList<string>? AllowTypes { get; init; }

    /// <summary>File types that may not be here.</summary>
    public IReadOnlyList<string>? DenyTypes { get; init; }

    /// <summary>Miners whose sectors may be here; none = all.</summary>
    public IReadOnlyList<string>? AllowMiners { get; init; }

    /// <summary>Miners whose sectors may not be here.</summary>
    public IReadOnlyList<string>? DenyMiners { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
