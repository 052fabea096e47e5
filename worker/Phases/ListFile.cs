using System.Text.Json;

namespace Federation.Worker.Phases;

/// <summary>A file with a JSON list that a command is given.</summary>
internal static class ListFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it lists, as in "pieces".</param>
    /// <param name="form">Form of an element, for who wrote another.</param>
    /// <param name="read">Reads an element.</param>
    /// <exception cref="PhaseException">It is missing or something else; the message names it.</exception>
    public static IReadOnlyList<T> Read<T>(string path, string what, string form, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateArray().Select(read)];
        }
        catch (Exception wrong) when (
            wrong is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or ArgumentException)
        {
            throw new PhaseException(
                PhaseFault.InvalidInput, $"{what} file {path} is not a JSON list of {form}: {wrong.Message}", wrong);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new PhaseException(
                PhaseFault.InvalidInput, $"{what} file {path} cannot be read: {missing.Message}", missing);
        }
    }
}
