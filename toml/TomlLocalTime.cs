namespace Federation.Toml;

/// <summary>A time of day of no time zone, digits past 100 ns cut off.</summary>
public sealed class TomlLocalTime : TomlValue
{
    internal TomlLocalTime(TimeOnly value, TomlPosition position)
        : base(position) => Value = value;

    /// <summary>The value.</summary>
    public TimeOnly Value { get; }

    /// <inheritdoc/>
    public override string KindName => "a local time";
}
