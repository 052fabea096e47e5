using System.Text.Encodings.Web;
using System.Text.Json;

namespace Federation.Storage.Config;

/// <summary>
/// The JSON of every small file here: indented by two spaces, no newline at the end, as Lotus's encoder writes.
/// </summary>
internal static class ConfigJson
{
    /// <summary>Strict where it matters: a member may stand once only.</summary>
    private static readonly JsonSerializerOptions Lotus = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        AllowDuplicateProperties = false,
        // Paths may hold any letters; these files never become part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The bytes of a value.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Lotus);

    /// <summary>Parses a file's bytes.</summary>
    /// <exception cref="StorageException">Not this JSON: names the file, line and position.</exception>
    public static T Read<T>(string path, ReadOnlySpan<byte> content)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content, Lotus)
                ?? throw new StorageException($"{path} holds null: restore it from a backup.");
        }
        catch (JsonException error)
        {
            throw new StorageException(
                $"{path} is not valid ({error.Message}): mend it or restore it from a backup.", error);
        }
    }
}
