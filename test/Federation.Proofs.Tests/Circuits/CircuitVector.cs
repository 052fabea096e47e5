using System.Text.Json;
using Federation.Proofs.Constraints;

namespace Federation.Proofs.Tests.Circuits;

/// <summary>What the reference implementation's circuits count, and for some the digest of all their rows.</summary>
internal sealed record CircuitVector(CircuitSize Size, string? Sha256, IReadOnlyList<string> Running)
{
    private static readonly Dictionary<string, CircuitVector> All = Load();

    /// <summary>The vector of a circuit (<c>porep</c>, <c>window</c>, <c>winning</c>) and a sector size.</summary>
    public static CircuitVector Of(string circuit, string sectorSize) => All[$"{circuit}-{sectorSize}"];

    private static Dictionary<string, CircuitVector> Load()
    {
        using var document = JsonDocument.Parse(Vectors.Read("circuits/digests.json"));
        return document.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => Read(entry.Value));
    }

    private static CircuitVector Read(JsonElement json) => new(
        new CircuitSize(
            json.GetProperty("constraints").GetInt32(),
            json.GetProperty("inputs").GetInt32(),
            json.GetProperty("aux").GetInt32()),
        json.TryGetProperty("sha256", out var digest) ? digest.GetString() : null,
        json.TryGetProperty("running_65536", out var running)
            ? [.. running.EnumerateArray().Select(value => value.GetString()!)]
            : []);
}
