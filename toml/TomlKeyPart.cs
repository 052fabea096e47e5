namespace Federation.Toml;

/// <summary>One part of a dotted key.</summary>
internal readonly record struct TomlKeyPart(string Text, TomlPosition Position);
