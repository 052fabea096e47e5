using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Federation.Hosting.Logging;

/// <summary>The text of log lines.</summary>
internal static class LogText
{
    /// <summary>The name that Lotus's log gives a level.</summary>
    internal static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    /// <summary>
    /// Control characters written as escapes, so that no text from outside can forge a line or steer a terminal.
    /// </summary>
    internal static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            line.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return line.ToString();
    }
}
