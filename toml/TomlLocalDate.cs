namespace Federation.Toml;

/// <summary>A date of no time zone.</summary>
public sealed class TomlLocalDate : TomlValue
{
    internal TomlLocalDate(DateOnly value, TomlPosition position)
        : base(position) => Value = value;

    /// <summary>The value.</summary>
    public DateOnly Value { get; }

    /// <inheritdoc/>
    public override string KindName => "a local date";
}
