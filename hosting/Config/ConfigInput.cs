using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Federation.Toml;

namespace Federation.Hosting.Config;

/// <summary>One configured value before its type is known: from the file, or from the environment as text.</summary>
public sealed class ConfigInput
{
    private const int MaxShownLength = 60;

    private readonly TomlValue? _value;
    private readonly string? _text;

    private ConfigInput(TomlValue? value, string? text, string place)
    {
        _value = value;
        _text = text;
        Place = place;
    }

    /// <summary>Where the value stands: <c>config.toml:3:5</c>, or the environment variable.</summary>
    public string Place { get; }

    /// <summary>The value as a message shows it: on one line, cut when long.</summary>
    public string Shown
    {
        get
        {
            var shown = _text is not null ? TomlText.Quote(_text) : Show(_value!);
            return shown.Length <= MaxShownLength ? shown : shown[..(MaxShownLength - 1)] + "…";
        }
    }

    /// <summary>The value as text.</summary>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        text = _text ?? (_value as TomlString)?.Value;
        return text is not null;
    }

    /// <summary>The value as an integer.</summary>
    public bool TryGetInteger(out long number)
    {
        number = (_value as TomlInteger)?.Value ?? 0;
        return _value is TomlInteger
            || long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The value as a flag.</summary>
    public bool TryGetFlag(out bool flag)
    {
        flag = (_value as TomlBoolean)?.Value ?? false;
        return _value is TomlBoolean || bool.TryParse(_text, out flag);
    }

    /// <summary>The value as a list of texts; in the environment, commas part them.</summary>
    public bool TryGetTexts([NotNullWhen(true)] out IReadOnlyList<string>? texts)
    {
        texts = _text is not null
            ? _text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : _value is TomlArray array && array.All(v => v is TomlString)
                ? [.. array.Cast<TomlString>().Select(s => s.Value)]
                : null;
        return texts is not null;
    }

    internal static ConfigInput FromFile(TomlValue value, string source) =>
        new(value, null, $"{source}:{value.Position}");

    internal static ConfigInput FromEnvironment(string name, string text) =>
        new(null, text, $"environment variable {name}");

    private static string Show(TomlValue value) => value switch
    {
        TomlString s => TomlText.Quote(s.Value),
        TomlInteger i => i.Value.ToString(CultureInfo.InvariantCulture),
        TomlFloat f => f.Value.ToString(CultureInfo.InvariantCulture),
        TomlBoolean b => b.Value ? "true" : "false",
        TomlArray array when array.All(v => v is not (TomlArray or TomlTable)) =>
            $"[{string.Join(", ", array.Select(Show))}]",
        _ => value.KindName,
    };
}
