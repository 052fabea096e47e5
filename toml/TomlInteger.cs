namespace Federation.Toml;

/// <summary>A 64-bit signed integer.</summary>
public sealed class TomlInteger : TomlValue
{
    internal TomlInteger(long value, TomlPosition position)
        : base(position) => Value = value;

    /// <summary>The value.</summary>
    public long Value { get; }

    /// <inheritdoc/>
    public override string KindName => "an integer";
}
