using System.Text.Json;
using Federation.Proofs.Post;

namespace Federation.Proofs.Tests.Post;

/// <summary>One proof of spacetime of post.json.</summary>
internal sealed class PostVector(JsonElement json)
{
    private static readonly string[] Versions = ["1.0", "1.1", "1.2"];

    public static IReadOnlyList<PostVector> All { get; } = Load();

    public PostConfig Config { get; } = PostConfig.Create(
        SectorShape.FromSize(json.GetProperty("sector_size").GetInt64()),
        json.GetProperty("circuit").GetString() == "winning" ? PostKind.Winning : PostKind.Window,
        json.TryGetProperty("api_version", out var version)
            ? (ApiVersion)Array.IndexOf(Versions, version.GetString())
            : ApiVersion.V1_1);

    public Bytes32 ProverId { get; } = Hex(json.GetProperty("prover_id"));

    public Bytes32 Randomness { get; } = Hex(json.GetProperty("randomness"));

    public PostSector[] Sectors { get; } = [.. json.GetProperty("sectors").EnumerateArray().Select(
        sector => new PostSector(sector.GetProperty("sector").GetUInt64(), Hex(sector.GetProperty("comm_r"))))];

    public string[] Seals { get; } =
        [.. json.GetProperty("sectors").EnumerateArray().Select(sector => sector.GetProperty("name").GetString()!)];

    public uint[][] Challenges { get; } = [.. json.GetProperty("vanilla").EnumerateArray().Select(
        proof => proof.GetProperty("challenges").EnumerateArray().Select(leaf => leaf.GetUInt32()).ToArray())];

    public string[] BincodeDigests { get; } = Texts(json.GetProperty("vanilla"), "bincode_sha256");

    public string[] JsonDigests { get; } = Texts(json.GetProperty("vanilla"), "json_sha256");

    public string[][] PublicInputs { get; } = [.. json.GetProperty("public_inputs").EnumerateArray().Select(
        inputs => inputs.EnumerateArray().Select(input => input.GetString()!).ToArray())];

    /// <summary>The challenged place in sets of 1 to 10 sectors; Winning only.</summary>
    public int[] SectorChallenges { get; } = !json.TryGetProperty("sector_challenges", out var sets)
        ? []
        : [.. sets.EnumerateArray().Select(set => set.EnumerateArray().Single().GetInt32())];

    /// <summary>The proofs of all partitions, concatenated.</summary>
    public byte[] Proofs { get; } =
        [.. Texts(json.GetProperty("partitions"), "proof").SelectMany(Convert.FromHexString)];

    public PostStatement Statement => new(Config, Randomness, Sectors);

    public override string ToString() => $"{Config.Kind} of {Sectors.Length} by {Config.ApiVersion}";

    private static List<PostVector> Load()
    {
        using var document = JsonDocument.Parse(Vectors.Read("post/post.json"));
        return [.. document.RootElement.EnumerateArray().Select(element => new PostVector(element.Clone()))];
    }

    private static string[] Texts(JsonElement list, string name) =>
        [.. list.EnumerateArray().Select(element => element.GetProperty(name).GetString()!)];

    private static Bytes32 Hex(JsonElement text) => Bytes32.FromHex(text.GetString()!);
}
