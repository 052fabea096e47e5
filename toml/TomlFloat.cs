namespace Federation.Toml;

/// <summary>A binary64 number, infinities and NaN included.</summary>
public sealed class TomlFloat : TomlValue
{
    internal TomlFloat(double value, TomlPosition position)
        : base(position) => Value = value;

    /// <summary>The value.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override string KindName => "a float";
}
