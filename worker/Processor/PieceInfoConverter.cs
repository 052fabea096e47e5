using System.Text.Json;
using System.Text.Json.Serialization;
using Federation.Proofs;
using Federation.Proofs.Pieces;

namespace Federation.Worker.Processor;

/// <summary>A piece: <c>{"size": 2048, "comm_p": "…"}</c>, the size padded.</summary>
internal sealed class PieceInfoConverter : JsonConverter<PieceInfo>
{
    public override PieceInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var members = JsonSerializer.Deserialize<Members>(ref reader, options) ?? throw new JsonException();
        try
        {
            return new PieceInfo(members.Size, members.CommP);
        }
        catch (ArgumentException wrong)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }

    public override void Write(Utf8JsonWriter writer, PieceInfo value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Members(value.PaddedSize, value.CommP), options);

    private sealed record Members(long Size, Bytes32 CommP);
}
