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
    public static IReadOnlyList<PieceInfo> Read(string path) =>
        ListFile.Read(path, "pieces", "{Size, PieceCID}", ReadPiece);

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
