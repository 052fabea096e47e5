namespace Federation.Toml;

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed class TomlBoolean : TomlValue
{
    internal TomlBoolean(bool value, TomlPosition position)
        : base(position) => Value = value;

    /// <summary>The value.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override string KindName => "a boolean";
}
