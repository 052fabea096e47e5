using System.Globalization;

namespace Federation.Hosting.Config;

/// <summary>An integer within a range.</summary>
internal sealed class IntegerType(long min, long max) : ConfigType<long>
{
    /// <inheritdoc/>
    public override string Name => "int";

    /// <inheritdoc/>
    public override string? Read(ConfigInput input, out long value) =>
        input.TryGetInteger(out value) && value >= min && value <= max
            ? null
            : $"must be an integer from {min} to {max}";

    /// <inheritdoc/>
    public override string Write(long value) => value.ToString(CultureInfo.InvariantCulture);
}
