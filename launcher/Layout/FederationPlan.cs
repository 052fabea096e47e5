using System.Text.Json;
using System.Text.Json.Serialization;
using Federation.Hosting;
using Federation.Hosting.Repository;

namespace Federation.Launcher.Layout;

/// <summary>What a federation consists of; written once, read whenever its folder is resumed.</summary>
internal sealed record FederationPlan
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Version of this file.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What keeps the shared state.</summary>
    public required StoreKind Store { get; init; }

    /// <summary>Sector size, e.g. 2KiB.</summary>
    public required string SectorSize { get; init; }

    /// <summary>What its devnet takes for a proof; vanilla ones where a plan of before the choice is silent.</summary>
    public ProofKind Proofs { get; init; }

    /// <summary>Workers of each region.</summary>
    public required int WorkersPerRegion { get; init; }

    /// <summary>Port of the store's clients.</summary>
    public required int StorePort { get; init; }

    /// <summary>Port of etcd's peers; it has none, and still listens.</summary>
    public required int StorePeerPort { get; init; }

    /// <summary>The miner's port P.</summary>
    public required int MinerPort { get; init; }

    /// <summary>Port of the miner's JSON-RPC API.</summary>
    public required int ApiPort { get; init; }

    /// <summary>The regions.</summary>
    public required IReadOnlyList<RegionPlan> Regions { get; init; }

    /// <summary>Where clients find the store.</summary>
    [JsonIgnore]
    public string StoreEndpoint => $"127.0.0.1:{StorePort}";

    /// <summary>Reads a folder's plan; null when it has none yet.</summary>
    /// <exception cref="OperatorException">The file is damaged.</exception>
    public static FederationPlan? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<FederationPlan>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException error)
        {
            throw new OperatorException(
                $"{path} is damaged ({error.Message})", "name another --dir, or delete this one", error);
        }
    }

    /// <summary>Writes the plan.</summary>
    public void Write(string path) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, Json), AtomicFile.Readable);
}
