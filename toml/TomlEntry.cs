namespace Federation.Toml;

/// <summary>A key of a table with its value.</summary>
/// <param name="Key">The key, escapes resolved, one part only.</param>
/// <param name="KeyPosition">Where the key stands first.</param>
/// <param name="Value">The value.</param>
public sealed record TomlEntry(string Key, TomlPosition KeyPosition, TomlValue Value);
