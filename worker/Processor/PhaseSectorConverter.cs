using System.Text.Json;
using System.Text.Json.Serialization;
using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Worker.Processor;

/// <summary>
/// A sector and how it is sealed. All that follows from a registered number is written out for readers that want it;
/// a reader of ours believes the number and takes the rest only where there is none.
/// </summary>
internal sealed class PhaseSectorConverter : JsonConverter<PhaseSector>
{
    public override PhaseSector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var members = JsonSerializer.Deserialize<Members>(ref reader, options) ?? throw new JsonException();
        try
        {
            return new PhaseSector(ConfigOf(members), members.Miner, members.Number);
        }
        catch (ArgumentException wrong)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }

    public override void Write(Utf8JsonWriter writer, PhaseSector value, JsonSerializerOptions options)
    {
        var config = value.Config;
        var members = new Members
        {
            Miner = value.Miner,
            Number = value.Number,
            ProverId = value.ProverId,
            SealProof = config.RegisteredSealProof,
            SectorSize = config.Shape.SectorSize,
            PorepId = config.PoRepId,
            ApiVersion = $"1.{(int)config.ApiVersion}",
            Feature = TextOf(config.Feature),
        };
        JsonSerializer.Serialize(writer, members, options);
    }

    private static SealConfig ConfigOf(Members members) => members switch
    {
        { SealProof: { } number } => SealConfig.FromRegistered(number),
        { SectorSize: { } size, PorepId: { } porepId } =>
            SealConfig.Create(size, porepId, VersionOf(members.ApiVersion), FeatureOf(members.Feature)),
        _ => throw new JsonException("a sector needs seal_proof, or sector_size with porep_id"),
    };

    private static ApiVersion VersionOf(string? text) => ApiVersionText.Find(text)
        ?? throw new JsonException($"api_version \"{text}\" is none of 1.0, 1.1 and 1.2");

    private static string TextOf(PoRepFeature feature) => feature switch
    {
        PoRepFeature.Interactive => "",
        PoRepFeature.Synthetic => "synthetic",
        _ => "ni",
    };

    private static PoRepFeature FeatureOf(string? text) => text switch
    {
        null or "" => PoRepFeature.Interactive,
        "synthetic" => PoRepFeature.Synthetic,
        "ni" => PoRepFeature.NonInteractive,
        _ => throw new JsonException($"feature \"{text}\" is neither synthetic nor ni"),
    };

    private sealed record Members
    {
        public required ulong Miner { get; init; }

        public required ulong Number { get; init; }

        public Bytes32? ProverId { get; init; }

        public int? SealProof { get; init; }

        public long? SectorSize { get; init; }

        public Bytes32? PorepId { get; init; }

        public string? ApiVersion { get; init; }

        public string? Feature { get; init; }
    }
}
