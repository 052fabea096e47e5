using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Federation.Proofs.Tests;

/// <summary>One seal of seals.json.</summary>
internal sealed class SealVector(JsonElement json)
{
    private static readonly string[] Versions = ["1.0", "1.1", "1.2"];

    public string Name { get; } = json.GetProperty("name").GetString()!;

    public SealConfig Config { get; } = MakeConfig(json);

    public SealPublicInputs Inputs { get; } = new()
    {
        ProverId = ProverId.FromActorId(json.GetProperty("miner").GetUInt64()),
        Sector = json.GetProperty("sector").GetUInt64(),
        Ticket = Hex(json, "ticket"),
        Seed = Hex(json, "seed"),
        CommD = Hex(json, "comm_d"),
        CommR = Hex(json, "comm_r"),
    };

    public uint[][]? Challenges { get; } = !json.TryGetProperty("challenges", out var list) ? null
        : list[0].ValueKind == JsonValueKind.Number ? [Numbers(list)]
        : [.. list.EnumerateArray().Select(Numbers)];

    public IReadOnlyDictionary<string, (long Size, string Digest)> Files => Digests("files");

    public IReadOnlyDictionary<string, (long Size, string Digest)> AfterSynthetic => Digests("after_synthetic");

    public (long Size, string Digest)? Output(string form) =>
        json.TryGetProperty(form, out var value) ? Digest(value) : null;

    public Bytes32? Optional(string name) => json.TryGetProperty(name, out var value)
        ? Bytes32.FromHex(value.GetString()!)
        : null;

    /// <summary>The unpadded piece that fills the sector.</summary>
    public byte[] Data()
    {
        var data = new byte[Config.Shape.UnpaddedSize];
        if (json.GetProperty("data").GetString() == "zeros")
        {
            return data;
        }

        var tag = Encoding.ASCII.GetBytes(json.GetProperty("data_tag").GetString()!);
        var preimage = new byte[tag.Length + sizeof(uint)];
        tag.CopyTo(preimage, 0);
        for (var i = 0; i * 32 < data.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(preimage.AsSpan(tag.Length), (uint)i);
            SHA256.HashData(preimage).AsSpan(0, Math.Min(32, data.Length - (i * 32))).CopyTo(data.AsSpan(i * 32));
        }

        return data;
    }

    public override string ToString() => Name;

    private static SealConfig MakeConfig(JsonElement json)
    {
        var poRepId = Hex(json, "porep_id");
        var number = poRepId.AsSpan()[0];
        return json.TryGetProperty("registered_proof", out _)
            ? SealConfig.FromRegistered(number)
            : SealConfig.Create(
                json.GetProperty("size").GetInt64(),
                poRepId,
                (ApiVersion)Array.IndexOf(Versions, json.GetProperty("api_version").GetString()),
                PoRepFeature.Interactive);
    }

    private static Bytes32 Hex(JsonElement json, string name) => Bytes32.FromHex(json.GetProperty(name).GetString()!);

    private static uint[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetUInt32())];

    private static (long Size, string Digest) Digest(JsonElement value) =>
        (value.GetProperty("bytes").GetInt64(), value.GetProperty("sha256").GetString()!);

    private Dictionary<string, (long Size, string Digest)> Digests(string name) =>
        !json.TryGetProperty(name, out var files)
            ? []
            : files.EnumerateObject().ToDictionary(file => file.Name, file => Digest(file.Value));
}
