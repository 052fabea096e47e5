using System.Text.Json;

namespace Federation.Worker.Processor;

/// <summary>
/// Says what a line lacks in the words of those who write lines: the reader's own sentences name its types.
/// </summary>
internal static class TaskFault
{
    private const string Missing = "was missing required properties including: ";
    private const string Kind = "could not be converted to ";
    private const string Place = " Path: ", Position = " LineNumber: ";

    public static string Of(JsonException wrong)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        var text = Before(Before(wrong.Message, Place), Position).TrimEnd('.');
        var missing = text.IndexOf(Missing, StringComparison.Ordinal);
        return missing >= 0 ? $"{Subject(wrong)} lacks {text[(missing + Missing.Length)..]}"
            : text.Contains(Kind, StringComparison.Ordinal) ? $"{Subject(wrong)} is of another kind"
            : wrong.Path is not null and not "$" ? $"{wrong.Path}: {text}"
            : wrong.BytePositionInLine is { } at ? $"{text}, at byte {at}"
            : text;
    }

    private static string Subject(JsonException wrong) => wrong.Path is null or "$" ? "it" : wrong.Path;

    private static string Before(string text, string mark) =>
        text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;
}
