using System.Text.Json;
using Federation.Proofs.Commitments;
using Federation.Proofs.Pieces;

namespace Federation.Worker.Phases;

/// <summary>
/// A list of pieces in a file: <c>[{"Size": 2048, "PieceCID": {"/": "baga…"}}]</c>, the CID also as a plain string;
/// sizes are padded.
/// </summary>
internal static class PieceListFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="PhaseException">It is missing or something else; the message names it.</exception>
    public static IReadOnlyList<PieceInfo> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateArray().Select(ReadPiece)];
        }
        catch (Exception wrong) when (
            wrong is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentException)
        {
            throw new PhaseException(
                PhaseFault.InvalidInput,
                $"pieces file {path} is not a JSON list of {{Size, PieceCID}}: {wrong.Message}",
                wrong);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new PhaseException(
                PhaseFault.InvalidInput, $"pieces file {path} cannot be read: {missing.Message}", missing);
        }
    }

    /// <summary>Writes a list in the same form.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PieceInfo> pieces)
    {
        json.WriteStartArray();
        foreach (var piece in pieces)
        {
            json.WriteStartObject();
            json.WriteNumber("Size", piece.PaddedSize);
            json.WriteStartObject("PieceCID");
            json.WriteString("/", Commitment.Unsealed(piece.CommP).ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static PieceInfo ReadPiece(JsonElement piece)
    {
        var cid = piece.GetProperty("PieceCID");
        var text = cid.ValueKind == JsonValueKind.Object ? cid.GetProperty("/").GetString() : cid.GetString();
        var commitment = Commitment.Parse(text ?? string.Empty);
        return commitment.Kind == CommitmentKind.Unsealed
            ? new PieceInfo(piece.GetProperty("Size").GetInt64(), commitment.Value)
            : throw new FormatException($"{text} is not the CID of a piece");
    }
}
