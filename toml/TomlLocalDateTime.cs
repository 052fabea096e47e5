namespace Federation.Toml;

/// <summary>
/// A date and time of no time zone (<see cref="DateTimeKind.Unspecified"/>), digits past 100 ns cut off.
/// </summary>
public sealed class TomlLocalDateTime : TomlValue
{
    internal TomlLocalDateTime(DateTime value, TomlPosition position)
        : base(position) => Value = value;

    /// <summary>The value.</summary>
    public DateTime Value { get; }

    /// <inheritdoc/>
    public override string KindName => "a local date-time";
}
