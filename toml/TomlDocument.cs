using System.Text;

namespace Federation.Toml;

/// <summary>Reads TOML 1.0 (https://toml.io/en/v1.0.0), all of it and nothing beyond.</summary>
/// <remarks>
/// Time and memory grow linearly with the document. Nesting uses no call stack, so a hostile document cannot
/// overflow it. Two things that the grammar admits are refused, each with a sentence of its own, because .NET has no
/// value for them: the year 0000, and the leap second <c>:60</c>, which the grammar leaves to "leap second rules" that
/// change after a program was built. The public suite asks for neither. A leading byte order mark is skipped.
/// </remarks>
public static class TomlDocument
{
    /// <summary>Reads a document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="sourceName">What errors call the document, commonly its path.</param>
    /// <exception cref="TomlException">The text is not TOML 1.0.</exception>
    public static TomlTable Parse(string text, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(text);
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        try
        {
            return Parse(strict.GetBytes(text), sourceName);
        }
        catch (EncoderFallbackException e)
        {
            var lines = text[..e.Index].Split('\n');
            var position = new TomlPosition(lines.Length, lines[^1].EnumerateRunes().Count() + 1);
            throw new TomlException(sourceName, position, "the text holds half a surrogate pair");
        }
    }

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The document's bytes.</param>
    /// <param name="sourceName">What errors call the document, commonly its path.</param>
    /// <exception cref="TomlException">The bytes are not TOML 1.0.</exception>
    public static TomlTable Parse(ReadOnlySpan<byte> utf8, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        if (utf8.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8["\uFEFF"u8.Length..];
        }

        return new TomlParser(utf8, sourceName).ReadDocument();
    }
}
