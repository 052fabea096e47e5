using System.Text.Json;
using System.Text.Json.Serialization;
using Federation.Proofs;

namespace Federation.Worker.Processor;

/// <summary>32 bytes as 64 hexadecimal digits, written in lower case.</summary>
internal sealed class Bytes32Converter : JsonConverter<Bytes32>
{
    public override Bytes32 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Bytes32.TryParseHex(reader.GetString(), out var value)
            ? value
            : throw new JsonException("64 hexadecimal digits are needed");

    public override void Write(Utf8JsonWriter writer, Bytes32 value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
