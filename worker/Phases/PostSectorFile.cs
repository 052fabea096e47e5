using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Commitments;
using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>
/// Sectors of a proof of spacetime in a file: <c>[{"Sector": 1, "CommR": "aeac…", "Cache": "…", "Sealed": "…"}]</c>,
/// CommR also as a CID; who only verifies needs neither folder nor file.
/// </summary>
internal static class PostSectorFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="PhaseException">It is missing or something else; the message names it.</exception>
    public static IReadOnlyList<PostSectorEntry> Read(string path) =>
        ListFile.Read(path, "sectors", "{Sector, CommR, Cache, Sealed}", ReadSector);

    private static PostSectorEntry ReadSector(JsonElement sector) => new(
        new PostSector(Member(sector, "Sector").GetUInt64(), CommR(Member(sector, "CommR").GetString())),
        Text(sector, "Cache"),
        Text(sector, "Sealed"));

    private static Bytes32 CommR(string? text) =>
        Commitment.TryParse(text, out var cid) && cid.Kind == CommitmentKind.Sealed
            ? cid.Value
            : Bytes32.FromHex(text ?? string.Empty);

    private static JsonElement Member(JsonElement sector, string name) =>
        sector.TryGetProperty(name, out var value) ? value : throw new FormatException($"one has no {name}");

    private static string? Text(JsonElement sector, string name) =>
        sector.TryGetProperty(name, out var value) ? value.GetString() : null;
}
