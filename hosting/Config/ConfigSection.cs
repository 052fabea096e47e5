using Federation.Toml;

namespace Federation.Hosting.Config;

/// <summary>One section of a configuration, read key by key.</summary>
public sealed class ConfigSection
{
    private readonly ConfigReader _reader;
    private readonly TomlTable? _table;

    internal ConfigSection(ConfigReader reader, string name, TomlTable? table)
    {
        _reader = reader;
        Name = name;
        _table = table;
    }

    /// <summary>The section's name, dotted when nested.</summary>
    public string Name { get; }

    /// <summary>
    /// Reads a key: from the environment variable <c>LOTUS_SECTION_KEY</c> when that is set and not empty, else from
    /// the file, else the default. A wrong value is reported and the default returned, so that reading goes on.
    /// </summary>
    public T Read<T>(string key, ConfigType<T> type, T defaultValue, string description)
    {
        ArgumentNullException.ThrowIfNull(type);
        _reader.Register(new ConfigKey(Name, key, type.Name, type.Write(defaultValue), description));
        if (Find(key) is not { } input)
        {
            return defaultValue;
        }

        if (type.Read(input, out var value) is not { } problem)
        {
            return value!;
        }

        _reader.AddError($"{input.Place}: [{Name}] {key} = {input.Shown} {problem}.");
        return defaultValue;
    }

    /// <summary>Whether a key is set, in the file or the environment.</summary>
    public bool IsSet(string key) => Find(key) is not null;

    /// <summary>Reports that a key's value does not fit with others.</summary>
    /// <param name="key">The key, set or not.</param>
    /// <param name="problem">What goes on after <c>[Section] Key</c>, without a full stop: "needs TlsKey as
    /// well".</param>
    public void AddError(string key, string problem) =>
        _reader.AddError($"{Find(key)?.Place ?? _reader.SourceName}: [{Name}] {key} {problem}.");

    /// <summary>Reports what a key's owner should be told at each start.</summary>
    /// <param name="key">The key, set or not.</param>
    /// <param name="remark">What goes on after <c>[Section] Key</c>, without a full stop.</param>
    public void AddWarning(string key, string remark) =>
        _reader.AddWarning($"{Find(key)?.Place ?? _reader.SourceName}: [{Name}] {key} {remark}.");

    private ConfigInput? Find(string key)
    {
        var variable = ConfigKey.NameVariable(Name, key);
        if (_reader.Environment.TryGetValue(variable, out var text) && text.Length > 0)
        {
            return ConfigInput.FromEnvironment(variable, text);
        }

        return _table is not null && _table.TryGet(key, out var entry)
            ? ConfigInput.FromFile(entry.Value, _reader.SourceName) : null;
    }
}
