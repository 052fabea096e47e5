using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Federation.Proofs;
using Federation.Proofs.Commitments;

namespace Federation.Worker.Phases;

/// <summary>The one JSON object that a phase prints.</summary>
internal sealed class PhaseReport
{
    private readonly List<(string Name, Action<Utf8JsonWriter> Write)> _members = [];

    /// <summary>Writes a commitment twice: as hexadecimal digits and as a CID.</summary>
    public PhaseReport Add(string name, Commitment commitment) =>
        Add(name, commitment.Value.ToString()).Add(name + "CID", commitment.ToString());

    public PhaseReport Add(string name, Action<Utf8JsonWriter> write)
    {
        _members.Add((name, write));
        return this;
    }

    public PhaseReport Add(string name, string value) => Add(name, json => json.WriteStringValue(value));

    public PhaseReport Add(string name, Bytes32 value) => Add(name, value.ToString());

    /// <summary>One list for one partition, otherwise a list of lists.</summary>
    public PhaseReport AddChallenges(IReadOnlyList<uint[]> partitions) => Add("Challenges", json =>
    {
        if (partitions.Count == 1)
        {
            WriteNumbers(json, partitions[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var partition in partitions)
        {
            WriteNumbers(json, partition);
        }

        json.WriteEndArray();
    });

    /// <summary>Size and digest of every file, by name.</summary>
    public PhaseReport AddFiles(IEnumerable<string> paths, CancellationToken cancellationToken) => Add("Files", json =>
    {
        json.WriteStartObject();
        foreach (var path in paths.Where(File.Exists).OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var file = File.OpenRead(path);
            json.WriteStartObject(Path.GetFileName(path));
            json.WriteNumber("Size", file.Length);
            json.WriteString("SHA256", Convert.ToHexStringLower(SHA256.HashData(file)));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>Ends the object with the phase's own time and returns it on one line.</summary>
    public string Finish(TimeSpan elapsed)
    {
        // The object goes to terminals and tools, never into a page: only what JSON itself needs is escaped.
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, write) in _members)
            {
                json.WritePropertyName(name);
                write(json);
            }

            json.WriteNumber("Seconds", Math.Round(elapsed.TotalSeconds, 3));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteNumbers(Utf8JsonWriter json, uint[] numbers)
    {
        json.WriteStartArray();
        Array.ForEach(numbers, number => json.WriteNumberValue(number));
        json.WriteEndArray();
    }
}
