using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Federation.Proofs.Commit1;

namespace Federation.Worker.Processor;

/// <summary>
/// How tasks and results are written on the lines between a worker and a processor: names in snake_case, hashes as
/// hexadecimal digits. What a reader does not know it passes over; what it needs and does not find is an error.
/// docs/external-prover.md describes it for those who write their own.
/// </summary>
internal static class ProcessorJson
{
    /// <summary>The form of all lines.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        // Lines go to programs, and into logs, never into a page: only what JSON itself needs is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new Bytes32Converter(),
            new PhaseSectorConverter(),
            new PieceInfoConverter(),
            new RawJsonConverter(),
            new JsonStringEnumConverter<Commit1Form>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    };
}
