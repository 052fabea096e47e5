using System.Globalization;
using System.Text;

namespace Federation.Hosting.Config;

/// <summary>Writes TOML strings.</summary>
internal static class TomlText
{
    /// <summary>A basic string, quoted.</summary>
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
