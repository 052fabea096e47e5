namespace Federation.Toml;

/// <summary>A string of any of the four notations, escapes resolved.</summary>
public sealed class TomlString : TomlValue
{
    internal TomlString(string value, TomlPosition position)
        : base(position) => Value = value;

    /// <summary>The value.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string KindName => "a string";
}
