using System.Globalization;
using System.Text;

namespace Federation.Toml.Tests;

/// <summary>Writes a table in one fixed notation, so that two equal tables give equal text.</summary>
internal static class CanonicalToml
{
    internal static string Write(TomlTable root)
    {
        var text = new StringBuilder();
        foreach (var entry in root.Entries)
        {
            text.Append(Quote(entry.Key)).Append(" = ");
            Append(text, entry.Value);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, TomlValue value)
    {
        switch (value)
        {
            case TomlTable table:
                AppendList(text, '{', '}', table.Entries, e =>
                {
                    text.Append(Quote(e.Key)).Append(" = ");
                    Append(text, e.Value);
                });
                break;
            case TomlArray array:
                AppendList(text, '[', ']', array, v => Append(text, v));
                break;
            default:
                text.Append(Scalar(value));
                break;
        }
    }

    private static void AppendList<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ", ");
            append(item);
            first = false;
        }

        text.Append(close);
    }

    private static string Scalar(TomlValue value) => value switch
    {
        TomlString s => Quote(s.Value),
        TomlInteger i => i.Value.ToString(CultureInfo.InvariantCulture),
        TomlBoolean b => b.Value ? "true" : "false",
        TomlFloat f => Float(f.Value),
        TomlOffsetDateTime t => Time("yyyy-MM-ddTHH:mm:ss.fffffff", t.Local)
            + (t.Offset < TimeSpan.Zero ? "-" : "+") + t.Offset.ToString("hh\\:mm", CultureInfo.InvariantCulture),
        TomlLocalDateTime t => Time("yyyy-MM-dd HH:mm:ss.fffffff", t.Value),
        TomlLocalDate t => Time("yyyy-MM-dd", t.Value),
        TomlLocalTime t => Time("HH:mm:ss.fffffff", t.Value),
        _ => throw new ArgumentException(value.KindName, nameof(value)),
    };

    private static string Time(string format, IFormattable time) => time.ToString(format, CultureInfo.InvariantCulture);

    private static string Float(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(Rune.IsControl(rune) || rune.Value is '"' or '\\'
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}")
                : rune.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
