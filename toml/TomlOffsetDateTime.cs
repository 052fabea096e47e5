namespace Federation.Toml;

/// <summary>
/// A date and time with its offset from UTC. RFC 3339 allows offsets of almost a day either way, which
/// <see cref="DateTimeOffset"/> does not, so both halves are kept as written.
/// </summary>
public sealed class TomlOffsetDateTime : TomlValue
{
    internal TomlOffsetDateTime(DateTime local, TimeSpan offset, TomlPosition position)
        : base(position)
    {
        Local = local;
        Offset = offset;
    }

    /// <summary>Date and time as written, digits past 100 ns cut off.</summary>
    public DateTime Local { get; }

    /// <summary>The offset from UTC as written, <c>Z</c> being zero.</summary>
    public TimeSpan Offset { get; }

    /// <inheritdoc/>
    public override string KindName => "an offset date-time";
}
