using Federation.Toml;

namespace Federation.Hosting.Config;

/// <summary>
/// Binds a document to a program's configuration record. The record's own code asks for each key by
/// <see cref="ConfigSection.Read"/>; every error is collected, and keys that nobody asked for are errors too.
/// </summary>
/// <remarks>Not thread-safe; used once, by <see cref="ConfigLoader"/>.</remarks>
public sealed class ConfigReader
{
    /// <summary>LOTUS_STORAGE_PATH and its like name repositories; they are no settings of a section.</summary>
    private const string PathSuffix = "_PATH";

    private readonly TomlTable _root;
    private readonly List<ConfigKey> _keys = [];
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, string> _foreignSections = new(StringComparer.Ordinal);

    internal ConfigReader(TomlTable root, string sourceName, IReadOnlyDictionary<string, string> environment)
    {
        _root = root;
        SourceName = sourceName;
        Environment = environment;
    }

    internal string SourceName { get; }

    internal IReadOnlyDictionary<string, string> Environment { get; }

    internal IReadOnlyList<ConfigKey> Keys => _keys;

    internal IReadOnlyList<string> Errors => _errors;

    internal IReadOnlyList<string> Warnings => _warnings;

    /// <summary>A section, present or not.</summary>
    /// <param name="name">Its name, dotted when nested.</param>
    public ConfigSection Section(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var table = _root;
        foreach (var part in name.Split('.'))
        {
            table = table is not null && table.TryGet(part, out var entry) ? entry.Value as TomlTable : null;
        }

        return new ConfigSection(this, name, table);
    }

    /// <summary>Lets a section of another of our programs stand in the file, with one warning.</summary>
    /// <param name="name">The section.</param>
    /// <param name="owner">The program that reads it.</param>
    public void LeaveSection(string name, string owner) => _foreignSections[name] = owner;

    internal void Register(ConfigKey key) => _keys.Add(key);

    internal void AddError(string sentence) => _errors.Add(sentence);

    internal void AddWarning(string sentence) => _warnings.Add(sentence);

    /// <summary>Reports what the file holds and nobody asked for.</summary>
    internal void ReportUnknown()
    {
        foreach (var entry in _root.Entries)
        {
            if (entry.Value is TomlTable table)
            {
                ReportUnknown(entry, entry.Key, table);
            }
            else
            {
                AddError($"{SourceName}:{entry.KeyPosition}: \"{entry.Key}\" stands outside of any section.");
            }
        }

        ReportUnknownVariables();
    }

    private void ReportUnknown(TomlEntry section, string name, TomlTable table)
    {
        var place = $"{SourceName}:{section.KeyPosition}";
        if (_foreignSections.TryGetValue(name, out var owner))
        {
            AddWarning($"{place}: [{name}] is read by {owner} only and has no effect here.");
        }
        else if (!IsOurs(name) && !LotusConfigKeys.ContainsSection(name))
        {
            var sections = _keys.Select(k => k.Section).Distinct();
            AddError($"{place}: [{name}] is no section{Suggestion(name, sections, s => $"[{s}]")}");
        }
        else
        {
            foreach (var entry in table.Entries)
            {
                ReportUnknownKey(name, entry);
            }
        }
    }

    private void ReportUnknownKey(string section, TomlEntry entry)
    {
        var nested = $"{section}.{entry.Key}";
        if (_keys.Any(k => k.Section == section && k.Key == entry.Key))
        {
            return;
        }

        if (entry.Value is TomlTable table && (IsOurs(nested) || LotusConfigKeys.ContainsSection(nested)))
        {
            ReportUnknown(entry, nested, table);
            return;
        }

        var place = $"{SourceName}:{entry.KeyPosition}";
        if (LotusConfigKeys.Contains(section, entry.Key))
        {
            AddWarning($"{place}: [{section}] {entry.Key} is a setting of Lotus that has no effect here.");
            return;
        }

        var keys = _keys.Where(k => k.Section == section).Select(k => k.Key);
        AddError($"{place}: [{section}] {entry.Key} is no setting{Suggestion(entry.Key, keys, k => k)}");
    }

    /// <summary>A misspelt variable has no file to be an error in, but silence would hide it.</summary>
    private void ReportUnknownVariables()
    {
        var known = _keys.Select(k => k.EnvironmentVariable).ToHashSet(StringComparer.Ordinal);
        var prefixes = _keys.Select(k => ConfigKey.NameVariable(k.Section, "")).Distinct().ToArray();
        var unknown = Environment.Keys
            .Where(n => prefixes.Any(p => n.StartsWith(p, StringComparison.Ordinal)))
            .Where(n => !known.Contains(n) && !n.EndsWith(PathSuffix, StringComparison.Ordinal));
        foreach (var name in unknown.Order(StringComparer.Ordinal))
        {
            AddWarning($"environment variable {name} is no setting{Suggestion(name, known, k => k)}");
        }
    }

    private bool IsOurs(string section) =>
        _keys.Any(k => k.Section == section || k.Section.StartsWith($"{section}.", StringComparison.Ordinal));

    private static string Suggestion(string word, IEnumerable<string> candidates, Func<string, string> show) =>
        Spelling.Suggest(word, candidates, show) is { Length: > 0 } suggestion ? suggestion : ".";
}
